import type { AnswerPart } from '../contract/answer-part.ts'
import { EventAnswer } from '../events/event-answer.ts'
import { eventBody, type WritableAnswer } from '../events/event-body.ts'
import type { EventWriter } from '../events/event-writer.ts'
import type { RequestScope } from '../http/request-scope.ts'
import type { StreamSettings } from '../resuming/resumable-answers.ts'

/** A whole answer. */
export function jsonResponse(value: unknown, scope: RequestScope): Response {
  scope.done(200)
  return Response.json(value, { headers: scope.headers() })
}

/**
 * An answer as an event stream, once it has begun.
 *
 * @param id - Name of the answer, by which it can be resumed.
 * @throws what the answer fails with before that
 */
export async function eventResponse<Part extends AnswerPart>(
  id: string,
  parts: AsyncIterable<Part>,
  writer: EventWriter<Part>,
  scope: RequestScope,
  settings: StreamSettings,
): Promise<Response> {
  const answer = new EventAnswer(parts, writer, scope, settings)
  await answer.open()
  const { resuming } = settings
  return eventStreamResponse(
    resuming === undefined ? answer : resuming.answers.keep(id, answer, scope, resuming).whole(),
    scope,
  )
}

/** An answer that has begun, as an event stream. */
export function eventStreamResponse(answer: WritableAnswer, scope: RequestScope): Response {
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
