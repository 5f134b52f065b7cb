import { containerError, json, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { embedText } from '../embed-text.ts'
import { tokenize } from '../language/tokenizer.ts'
import { isObject, isStrings, parseJson } from '../../answers/json-fields.ts'
import type { EmbeddingSettings } from './settings.ts'

/**
 * The Hugging Face Inference Toolkit with a feature-extraction pipeline: one vector per token, and pooling is up to the caller. The first token
 * stands for the whole text, as `[CLS]` does.
 */
export function answerHuggingFaceEmbedding(request: ReceivedRequest, settings: EmbeddingSettings): LocalAnswer {
  const parsed = parseJson(request.text)
  if ('error' in parsed) return refusal(parsed.error)
  const inputs = isObject(parsed.value) ? (parsed.value['inputs'] ?? parsed.value) : parsed.value
  if (typeof inputs === 'string') return json(featuresOf(inputs, settings))
  if (isStrings(inputs)) return json(inputs.map((input) => featuresOf(input, settings)))
  return refusal('The input must be text or texts')
}

/** The pipeline wraps the tokens of each text in a batch of one. */
function featuresOf(text: string, { dimensions, maxTokens }: EmbeddingSettings): number[][][] {
  const tokens = [text, ...tokenize(text)].slice(0, maxTokens)
  return [tokens.map((token) => [...embedText(token, dimensions)])]
}

function refusal(message: string): LocalAnswer {
  return containerError(400, { code: 400, type: 'InternalServerException', message })
}
