import { FieldError, isObject, isStrings, parseJson, type JsonObject } from '../../answers/json-fields.ts'
import { containerError, text, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'

/** Default of `MAX_CLIENT_BATCH_SIZE`. */
export const teiMaxBatchSize = 32
const maxBodyBytes = 2_000_000

/**
 * Parses the JSON body of a request and answers it. Refuses bodies with the messages of the web server of Text Embeddings Inference (axum): too large,
 * another content type, not JSON, a missing `required` field, or a {@link FieldError} of `answer`.
 */
export function readTeiBody(
  request: ReceivedRequest,
  required: readonly string[],
  answer: (body: JsonObject) => LocalAnswer,
): LocalAnswer {
  if (request.body.length > maxBodyBytes) return text('length limit exceeded', { status: 413 })
  if (!/^application\/json\b/i.test(request.contentType ?? '')) {
    return text('Expected request with `Content-Type: application/json`', { status: 415 })
  }
  const parsed = parseJson(request.text)
  if ('error' in parsed) return text(`Failed to parse the request body as JSON: ${parsed.error}`, { status: 400 })
  const body = isObject(parsed.value) ? parsed.value : {}
  const missing = required.find((name) => !(name in body))
  if (missing !== undefined) return unreadable(`missing field \`${missing}\``)
  try {
    return answer(body)
  } catch (error) {
    if (error instanceof FieldError) return unreadable(error.message)
    throw error
  }
}

/** Builds an error of Text Embeddings Inference. */
export function teiRefusal(status: number, type: string, message: string): LocalAnswer {
  return containerError(status, { error: message, error_type: type })
}

/** Returns the error for the first input that is too long, undefined if there is none. */
export function checkTokens(counts: readonly number[], maxTokens: number): LocalAnswer | undefined {
  const tooLong = counts.find((count) => count > maxTokens)
  if (tooLong === undefined) return undefined
  const limit = `\`inputs\` must have less than ${maxTokens} tokens. Given: ${tooLong}`
  return teiRefusal(422, 'Validation', `Input validation error: ${limit}`)
}

function unreadable(problem: string): LocalAnswer {
  return text(`Failed to deserialize the JSON body into the target type: ${problem}`, { status: 422 })
}

/** Reads texts, or token ids, which are treated as words. */
export function readTeiInputs(inputs: unknown): readonly string[] {
  if (typeof inputs === 'string') return [inputs]
  if (isStrings(inputs)) return inputs
  if (isIds(inputs)) return [inputs.join(' ')]
  if (Array.isArray(inputs) && inputs.every(isIds)) return inputs.map((ids: readonly number[]) => ids.join(' '))
  throw new FieldError('inputs', 'text, texts, token ids or lists of token ids')
}

function isIds(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number')
}
