import type { AnswerPart } from '../contract/answer-part.ts'
import { type EventAnswerSettings, EventAnswer } from '../events/event-answer.ts'
import { eventBody } from '../events/event-body.ts'
import type { EventWriter } from '../events/event-writer.ts'
import type { RequestScope } from '../http/request-scope.ts'

/** A whole answer. */
export function jsonResponse(value: unknown, scope: RequestScope): Response {
  scope.done(200)
  return Response.json(value, { headers: scope.headers() })
}

/**
 * An answer as an event stream, once it has begun.
 *
 * @throws what the answer fails with before that
 */
export async function eventResponse<Part extends AnswerPart>(
  parts: AsyncIterable<Part>,
  writer: EventWriter<Part>,
  scope: RequestScope,
  settings: EventAnswerSettings,
): Promise<Response> {
  const answer = new EventAnswer(parts, writer, scope, settings)
  await answer.open()
  const headers = {
    ...scope.headers(),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    // nginx would collect the events otherwise.
    'x-accel-buffering': 'no',
  }
  return new Response(
    eventBody(answer, () => scope.leave()),
    { headers },
  )
}
