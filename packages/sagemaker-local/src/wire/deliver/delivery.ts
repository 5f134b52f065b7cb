import { setTimeout as sleep } from 'node:timers/promises'
import type { ServerResponse } from 'node:http'
import type { ContainerAnswer, StepLike } from '../../answers/local-answer.ts'
import { part, type Step } from '../../answers/step.ts'
import type { Place } from '../../answers/model-error.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import type { HttpResponse } from '../../answers/service-error.ts'
import { untilAborted } from '../../hosting/until-aborted.ts'

/** One answer on its way to the caller. */
export interface Delivery {
  readonly request: ReceivedRequest
  readonly endpointName: string
  readonly response: ServerResponse
  /** Headers of every successful answer: request id, variant, sessions. */
  readonly headers: Readonly<Record<string, string>>
  readonly place: Place
  readonly signal: AbortSignal
}

/**
 * The steps of an answer as they fall due: text and bytes become parts, pauses are waited for. Ends early when `signal`
 * aborts.
 */
export async function* dueSteps(
  answer: ContainerAnswer,
  signal: AbortSignal,
): AsyncGenerator<Exclude<Step, { kind: 'pause' }>> {
  for await (const like of untilAborted<StepLike>(answer.steps, signal)) {
    const step = typeof like === 'string' || like instanceof Uint8Array ? part(like) : like
    if (step.kind === 'pause') await sleep(step.durationMs, undefined, { signal }).catch(() => {})
    else yield step
  }
}

/** Sends a response of the service itself. */
export async function sendServiceResponse(
  response: ServerResponse,
  content: HttpResponse,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  if (response.destroyed || response.headersSent) return
  response.writeHead(content.statusCode, { ...headers, ...content.headers, 'content-length': content.body.length })
  await new Promise<void>((resolve) => {
    response.end(content.body, resolve)
    response.once('close', resolve)
  })
}
