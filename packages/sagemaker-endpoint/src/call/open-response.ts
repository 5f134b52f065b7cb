import { systemCodeOf } from '../errors/diagnose-exception.ts'
import { type Attempt, SagemakerError } from '../errors/sagemaker-error.ts'
import type { InvokeMetadata } from '../options/invoke-result.ts'
import { delay, untilAborted } from '../signals.ts'
import { byteLength, bytesOf } from '../wire/bytes.ts'
import { readResponseMetadata } from '../wire/response-metadata.ts'
import type { ResponseHeaders, RuntimeResponse, Transport } from '../wire/transport.ts'
import { runHook } from '../hooks.ts'
import type { Call } from './call.ts'
import { Exchange } from './exchange.ts'
import type { Payloads } from './payload-queue.ts'
import { RetryPlan } from './retry-plan.ts'

/** An answer of which the first payloads have arrived, or which is empty. From here on nothing is sent again. */
export interface OpenResponse {
  readonly first: Payloads | undefined
  readonly exchange: Exchange
  readonly headers: ResponseHeaders
  readonly metadata: InvokeMetadata
  /** All attempts of the call, if this one fails now with that error. */
  readonly attemptsWith: (error: SagemakerError) => readonly Attempt[]
}

/**
 * Sends the request until an attempt brings output, the retry plan gives up, or the call is ended.
 *
 * @param onFailedAttempt - called for every attempt that fails.
 */
export async function openResponse(
  call: Call,
  transport: Transport,
  queuedMs: number,
  onFailedAttempt: (error: SagemakerError) => void,
): Promise<OpenResponse> {
  const { report, deadline } = call
  const { body, contentType, accept } = call.request
  report.tell('onRequestBody', () => ({ body: bytesOf(body), contentType, accept }))
  const failed: Attempt[] = []
  let plan: RetryPlan | undefined
  let hasRenewed = false
  for (;;) {
    const startedMs = report.elapsedMs()
    const attemptsWith = (error: SagemakerError, delayMs = 0): readonly Attempt[] => {
      const { code, statusCode, requestId } = error
      return [...failed, { code, statusCode, requestId, durationMs: report.elapsedMs() - startedMs, delayMs }]
    }
    const exchange = new Exchange(call)
    try {
      return { ...(await attempt(call, transport, exchange, failed.length + 1, queuedMs)), exchange, attemptsWith }
    } catch (error) {
      exchange.close()
      if (!SagemakerError.is(error)) throw error
      onFailedAttempt(error)
      const isRenewed: boolean = !hasRenewed && (await renewedCredentials(transport, error, deadline.signal))
      hasRenewed ||= isRenewed
      plan ??= new RetryPlan(call.retry)
      const delayMs = isRenewed ? 0 : delayBeforeNext(call, plan, error)
      if (delayMs === undefined) throw error.with({ attempts: attemptsWith(error) })
      failed.splice(0, failed.length, ...attemptsWith(error, delayMs))
      const event = { error, attempt: failed.length, delayMs }
      const { endpointRetry = {}, callHooks, options } = call
      runHook(endpointRetry, 'retry.onRetry', endpointRetry.onRetry, event)
      runHook(callHooks, 'retry.onRetry', options.retry?.onRetry, event)
      report.tell('onRetry', () => event)
      await delay(delayMs, deadline.signal).catch((reason: unknown) => {
        throw SagemakerError.is(reason) ? reason.with({ attempts: failed }) : reason
      })
    }
  }
}

/** Credentials may end before their time. Refused ones are asked for once more; the same ones would be refused again. */
async function renewedCredentials(transport: Transport, error: SagemakerError, signal: AbortSignal): Promise<boolean> {
  if (error.code !== 'credentials' || error.retryable || error.statusCode === undefined) return false
  // A failure to get others says less than the refusal.
  return untilAborted<boolean>(signal, (resolve) => {
    transport.renewCredentials().then(resolve, () => resolve(false))
  })
}

/** A response to a request for a session may be lost after the session was started. */
function mayHaveStartedSession(error: SagemakerError): boolean {
  if (error.code === 'connection') return !neverSentCodes.has(systemCodeOf(error.cause))
  return error.code === 'service-unavailable' && error.statusCode !== 503
}

const neverSentCodes: ReadonlySet<string | undefined> = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
])

/** No wait that the call will not live to see the end of: the error at hand says more than a time limit. */
function delayBeforeNext(call: Call, plan: RetryPlan, error: SagemakerError): number | undefined {
  if (call.deadline.signal.aborted) return undefined
  if (call.request.routing.sessionId === 'NEW_SESSION' && mayHaveStartedSession(error)) return undefined
  const delayMs = plan.delayAfter(error)
  if (delayMs === undefined || call.report.elapsedMs() + delayMs >= call.limits.totalMs) return undefined
  return delayMs
}

async function attempt(
  call: Call,
  transport: Transport,
  exchange: Exchange,
  number: number,
  queuedMs: number,
): Promise<Pick<OpenResponse, 'first' | 'headers' | 'metadata'>> {
  const { report } = call
  report.tell('onRequest', () => ({ attempt: number, bodyBytes: byteLength(call.request.body) }))
  const answer: RuntimeResponse = await exchange.send(transport)
  const headersMs = report.elapsedMs()
  const head = readResponseMetadata(answer, number)
  report.tell('onResponse', () => {
    const { statusCode, requestId, contentType, invokedProductionVariant } = head
    return { attempt: number, statusCode, requestId, contentType, invokedProductionVariant }
  })
  const first = await exchange.read()
  const timings = { queuedMs, headersMs, firstByteMs: report.elapsedMs(), durationMs: undefined }
  const metadata = { ...head, timings }
  runHook(call.callHooks, 'onResponse', call.options.onResponse, metadata)
  report.tell('onFirstByte', () => ({ metadata }))
  return { first, headers: answer.headers, metadata }
}
