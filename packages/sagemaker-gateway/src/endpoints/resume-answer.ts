import { invalidParameter } from '@x/sagemaker-llm/openai-format'
import { eventStreamResponse, jsonResponse } from '../answers/responses.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import type { RequestScope } from '../http/request-scope.ts'
import type { ResumableAnswer } from '../resuming/resumable-answer.ts'
import type { Resuming } from '../resuming/resumable-answers.ts'

const eventId = /^(.+):(\d+)$/

/**
 * `GET /v1/responses/{id}`: the whole response, once it is complete; with `?stream=true&starting_after=…` its events after the one with
 * this number, all of them without it.
 *
 * Source: openai/openai-openapi, `getResponse`.
 *
 * @throws {GatewayError} `unknown-response`
 */
export function resumeResponse(
  id: string,
  { stream, starting_after: after = '-1' }: Readonly<Record<string, string>>,
  scope: RequestScope,
  resuming: Resuming,
): Response {
  const answer = resuming.answers.find(id, scope)
  if (stream !== 'true') return wholeResponse(answer, scope)
  if (!/^(?:-1|\d{1,9})$/.test(after)) throw invalidParameter('starting_after', 'must be the number of an event')
  return replay(answer, Number(after), 'starting_after', scope)
}

/**
 * A request that is sent again with the header `Last-Event-ID`: the events after that one.
 *
 * Source: html.spec.whatwg.org, 9.2.4.
 *
 * @throws {GatewayError} `unknown-response`
 */
export function resumeAfterEvent(lastEventId: string, scope: RequestScope, resuming: Resuming): Response {
  const [, id = '', number = ''] = eventId.exec(lastEventId) ?? []
  const answer = resuming.answers.find(id, scope)
  if (answer.path !== scope.path) throw invalidParameter('Last-Event-ID', `is that of an event of ${answer.path}`)
  return replay(answer, Number(number), 'Last-Event-ID', scope)
}

/** The event that ends a response has all of it. */
function wholeResponse({ final, model }: ResumableAnswer, scope: RequestScope): Response {
  const { response } = JSON.parse(/^data: (.*)$/m.exec(final ?? '')?.[1] ?? '{}') as { readonly response?: unknown }
  if (response === undefined) throw invalidParameter('stream', 'must be true while the response is not complete')
  scope.model = model
  return jsonResponse(response, scope)
}

function replay(answer: ResumableAnswer, after: number, name: string, scope: RequestScope): Response {
  const { first, next } = answer
  if (after >= next) throw invalidParameter(name, `names event ${after}, but the last one is ${next - 1}`)
  if (after + 1 < first) {
    const message = `The events before ${first} are not kept any more, and ${after + 1} would be the next.`
    throw new GatewayError('unknown-response', message, { param: name })
  }
  scope.model = answer.model
  scope.beginReplay()
  return eventStreamResponse(answer.from(after + 1, scope), scope)
}
