import { containerError, json, text, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { embedText, toUnitLength } from '../embed-text.ts'
import { countTokens } from '../language/tokenizer.ts'
import type { EmbeddingSettings } from './settings.ts'
import { FieldError, fieldsOf, isObject, isStrings, parseJson, type JsonObject } from '../../answers/json-fields.ts'

const maxBatchSize = 32
const maxBodyBytes = 2_000_000

/** `/invocations` of Text Embeddings Inference (its `/embed`), with its limits and wording. */
export function answerTei(request: ReceivedRequest, settings: EmbeddingSettings): LocalAnswer {
  if (request.body.length > maxBodyBytes) return text('length limit exceeded', { status: 413 })
  if (!/^application\/json\b/i.test(request.contentType ?? '')) {
    return text('Expected request with `Content-Type: application/json`', { status: 415 })
  }
  const parsed = parseJson(request.text)
  if ('error' in parsed) return text(`Failed to parse the request body as JSON: ${parsed.error}`, { status: 400 })
  const body = parsed.value
  try {
    if (isObject(body) && 'inputs' in body) return embed(body, settings)
  } catch (error) {
    if (!(error instanceof FieldError)) throw error
    return text(`Failed to deserialize the JSON body into the target type: ${error.message}`, { status: 422 })
  }
  return text('Failed to deserialize the JSON body into the target type: missing field `inputs`', { status: 422 })
}

function embed(body: JsonObject, settings: EmbeddingSettings): LocalAnswer {
  const fields = fieldsOf(body)
  const inputs = readInputs(body['inputs'])
  const normalize = fields.boolean('normalize') ?? true
  const truncate = fields.boolean('truncate') ?? false
  const dimensions = fields.integer('dimensions')
  if (inputs.length > maxBatchSize) {
    return refusal(422, 'Validation', `batch size ${inputs.length} > maximum allowed batch size ${maxBatchSize}`)
  }
  if (inputs.length === 0 || inputs.includes('')) return refusal(400, 'Empty', '`inputs` cannot be empty')
  if (dimensions !== undefined && (dimensions < 1 || dimensions > settings.dimensions)) {
    return refusal(
      422,
      'Validation',
      `\`dimensions\` must be between 1 and ${settings.dimensions}. Given: ${dimensions}`,
    )
  }
  const tooLong = truncate ? undefined : inputs.map(countTokens).find((count) => count > settings.maxTokens)
  if (tooLong !== undefined) {
    const limit = `\`inputs\` must have less than ${settings.maxTokens} tokens. Given: ${tooLong}`
    return refusal(422, 'Validation', `Input validation error: ${limit}`)
  }
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

function refusal(status: number, type: string, message: string): LocalAnswer {
  return containerError(status, { error: message, error_type: type })
}
