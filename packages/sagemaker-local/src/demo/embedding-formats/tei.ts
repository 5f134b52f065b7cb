import { fieldsOf, FieldError, isStrings, type JsonObject } from '../../answers/json-fields.ts'
import { json, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { embedText, toUnitLength } from '../embed-text.ts'
import { countTokens } from '../language/tokenizer.ts'
import { checkTokens, readTeiBody, teiMaxBatchSize, teiRefusal } from '../servers/tei-server.ts'
import type { EmbeddingSettings } from './settings.ts'

/** `/invocations` of Text Embeddings Inference (its `/embed`), with its limits and wording. */
export function answerTei(request: ReceivedRequest, settings: EmbeddingSettings): LocalAnswer {
  return readTeiBody(request, ['inputs'], (body) => embed(body, settings))
}

function embed(body: JsonObject, settings: EmbeddingSettings): LocalAnswer {
  const fields = fieldsOf(body)
  const inputs = readInputs(body['inputs'])
  const normalize = fields.boolean('normalize') ?? true
  const truncate = fields.boolean('truncate') ?? false
  const dimensions = fields.integer('dimensions')
  if (inputs.length > teiMaxBatchSize) {
    return teiRefusal(422, 'Validation', `batch size ${inputs.length} > maximum allowed batch size ${teiMaxBatchSize}`)
  }
  if (inputs.length === 0 || inputs.includes('')) return teiRefusal(400, 'Empty', '`inputs` cannot be empty')
  if (dimensions !== undefined && (dimensions < 1 || dimensions > settings.dimensions)) {
    return teiRefusal(
      422,
      'Validation',
      `\`dimensions\` must be between 1 and ${settings.dimensions}. Given: ${dimensions}`,
    )
  }
  const tooLong = checkTokens(inputs.map(countTokens), truncate ? Infinity : settings.maxTokens)
  if (tooLong) return tooLong
  return json(
    inputs.map((input) => {
      const vector = embedText(input, settings.dimensions).subarray(0, dimensions)
      return [...(normalize ? toUnitLength(vector) : vector)]
    }),
  )
}

/** Text or texts; token ids are taken, too, as TEI does, and read as words. */
function readInputs(inputs: unknown): readonly string[] {
  if (typeof inputs === 'string') return [inputs]
  if (isStrings(inputs)) return inputs
  if (isIds(inputs)) return [inputs.join(' ')]
  if (Array.isArray(inputs) && inputs.every(isIds)) return inputs.map((ids: readonly number[]) => ids.join(' '))
  throw new FieldError('inputs', 'text, texts, token ids or lists of token ids')
}

function isIds(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number')
}
