import { fieldsOf, isObject, type JsonObject } from '../../answers/json-fields.ts'
import { json, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { readToolkitBody, toolkitRefusal, tooLongForToolkit } from '../servers/toolkit-server.ts'
import { relevanceLogit, sigmoid } from '../relevance.ts'
import { countPairTokens, type RerankSettings } from './rerank-settings.ts'

/**
 * The Hugging Face Inference Toolkit with a cross-encoder under `text-classification`: pairs as `{ text, text_pair }`, scores in their order, as
 * probabilities of the one label unless `function_to_apply` is `none`.
 */
export function answerHuggingFaceRerank(request: ReceivedRequest, settings: RerankSettings): LocalAnswer {
  return readToolkitBody(request, (inputs, parameters) => {
    const fields = fieldsOf(parameters)
    const pairs = Array.isArray(inputs) ? inputs.map(readPair) : [readPair(inputs)]
    if (pairs.includes(undefined)) {
      return toolkitRefusal(
        'text input must be of type `str` (single example), `list[str]` (batch or single pretokenized example) or `list[list[str]]` (batch of pretokenized examples).',
      )
    }
    const raw = fields.string('function_to_apply') === 'none'
    const scores = []
    for (const { text, pair } of pairs.filter((each) => each !== undefined)) {
      const tokens = countPairTokens(text, pair)
      if (tokens > settings.maxTokens && fields.boolean('truncation') !== true) {
        return tooLongForToolkit(tokens, settings.maxTokens)
      }
      const logit = relevanceLogit(text, pair)
      const label = { label: 'LABEL_0', score: raw ? logit : sigmoid(logit) }
      // With top_k, a pipeline gives a list of labels per input.
      scores.push('top_k' in parameters && Array.isArray(inputs) ? [label] : label)
    }
    return json(Array.isArray(inputs) ? scores : scores[0])
  })
}

function readPair(value: unknown): { readonly text: string; readonly pair: string } | undefined {
  const { text, text_pair: pair }: JsonObject = isObject(value) ? value : {}
  return typeof text === 'string' && typeof pair === 'string' ? { text, pair } : undefined
}
