import { fieldsOf, type JsonObject } from '../../answers/json-fields.ts'
import { json, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { embedText, toUnitLength } from '../embed-text.ts'
import { countTokens } from '../language/tokenizer.ts'
import { checkTokens, readTeiBody, readTeiInputs, teiMaxBatchSize, teiRefusal } from '../servers/tei-server.ts'
import type { EmbeddingSettings } from './settings.ts'

/** `/invocations` of Text Embeddings Inference (its `/embed`), with its limits and wording. */
export function answerTei(request: ReceivedRequest, settings: EmbeddingSettings): LocalAnswer {
  return readTeiBody(request, ['inputs'], (body) => embed(body, settings))
}

function embed(body: JsonObject, settings: EmbeddingSettings): LocalAnswer {
  const fields = fieldsOf(body)
  const inputs = readTeiInputs(body['inputs'])
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
