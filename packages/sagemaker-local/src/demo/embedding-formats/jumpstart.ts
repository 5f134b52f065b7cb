import { containerError, json, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { embedText } from '../embed-text.ts'
import { isObject, isStrings, parseJson } from '../../answers/json-fields.ts'
import type { EmbeddingSettings } from './settings.ts'

/** Embedding models of JumpStart: `text_inputs` or a bare array of texts; one text as `application/x-text` gets a flat vector. */
export function answerJumpStartEmbedding(request: ReceivedRequest, { dimensions }: EmbeddingSettings): LocalAnswer {
  const embed = (text: string): number[] => [...embedText(text, dimensions)]
  if (request.contentType?.startsWith('application/x-text')) return json({ embedding: embed(request.text) })
  const parsed = parseJson(request.text)
  if ('error' in parsed) return refusal(parsed.error)
  const inputs = isObject(parsed.value) ? parsed.value['text_inputs'] : parsed.value
  if (typeof inputs === 'string') return json({ embedding: [embed(inputs)] })
  if (isStrings(inputs)) return json({ embedding: inputs.map(embed) })
  return refusal('Input payload must contain text_inputs key.')
}

function refusal(message: string): LocalAnswer {
  return containerError(400, { code: 400, type: 'InternalServerException', message })
}
