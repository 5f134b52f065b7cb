import { json, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { embedText } from '../embed-text.ts'
import { readToolkitBody, toolkitRefusal } from '../servers/toolkit-server.ts'
import { tokenize } from '../language/tokenizer.ts'
import { isStrings } from '../../answers/json-fields.ts'
import type { EmbeddingSettings } from './settings.ts'

/**
 * The Hugging Face Inference Toolkit with a feature-extraction pipeline: one vector per token, and pooling is up to the caller. The first token
 * stands for the whole text, as `[CLS]` does.
 */
export function answerHuggingFaceEmbedding(request: ReceivedRequest, settings: EmbeddingSettings): LocalAnswer {
  return readToolkitBody(request, (inputs) => {
    if (typeof inputs === 'string') return json(featuresOf(inputs, settings))
    if (isStrings(inputs)) return json(inputs.map((input) => featuresOf(input, settings)))
    return toolkitRefusal('The input must be text or texts')
  })
}

/** The pipeline wraps the tokens of each text in a batch of one. */
function featuresOf(text: string, { dimensions, maxTokens }: EmbeddingSettings): number[][][] {
  const tokens = [text, ...tokenize(text)].slice(0, maxTokens)
  return [tokens.map((token) => [...embedText(token, dimensions)])]
}
