import { containerError, serverSentEvent, stream, text, type LocalAnswer } from '../../../answers/local-answer.ts'
import { sseDone } from '../stream-values.ts'

/** A request that TGI refuses after it has understood its JSON. */
export class TgiValidationError extends Error {
  constructor(message: string) {
    super(`Input validation error: ${message}`)
  }
}

/** A refusal of `inputs` or `prompt`; a stream has begun by then with status 200, and brings it as an event. */
export function tgiRefusal(error: TgiValidationError, streaming: boolean): LocalAnswer {
  const content = { error: error.message, error_type: 'validation' }
  return streaming ? stream([serverSentEvent(content)]) : containerError(422, content)
}

/** A refusal of `messages`, whose stream has another shape. */
export function tgiChatRefusal(error: TgiValidationError, streaming: boolean): LocalAnswer {
  if (!streaming) return tgiRefusal(error, false)
  return stream([serverSentEvent({ error: { message: error.message, http_status_code: 422 } }), sseDone])
}

/** What TGI's web server (axum) says to a body that is not JSON, or not of a shape that it knows. */
export const tgiBodyErrors = {
  contentType: (): LocalAnswer => text('Expected request with `Content-Type: application/json`', { status: 415 }),
  syntax: (complaint: string): LocalAnswer =>
    text(`Failed to parse the request body as JSON: ${complaint}`, { status: 400 }),
  shape: (): LocalAnswer =>
    text(
      'Failed to deserialize the JSON body into the target type: data did not match any variant of untagged enum SagemakerRequest',
      { status: 422 },
    ),
}
