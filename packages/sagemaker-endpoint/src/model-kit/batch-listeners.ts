import type { TelemetryAttributes } from '@x/bedrock-like-types'
import { HookSet } from '../hooks.ts'
import type {
  BatchCacheErrorDetails,
  BatchCallbacks,
  BatchCallEvent,
  BatchConcurrencyDetails,
  BatchEndDetails,
  BatchRequestDetails,
  BatchSplitDetails,
} from './batch-callbacks.ts'
import type { CallListener } from './call-listeners.ts'
import { telemetryListener } from './telemetry-listener.ts'
import { telemetryNames, type TelemetryOperation } from './telemetry-names.ts'
import type { TelemetryOptions } from './telemetry-options.ts'

/** Describes a call of a model that processes many items: the members of its events, without the ID. */
export type BatchCall = Omit<BatchCallEvent, 'callId'>

/** A step of a call. */
export type BatchProgress =
  | ({ readonly type: 'request' } & BatchRequestDetails)
  | ({ readonly type: 'split' } & BatchSplitDetails)
  | ({ readonly type: 'concurrency' } & BatchConcurrencyDetails)
  | ({ readonly type: 'cache-error' } & BatchCacheErrorDetails)

/** The outcome of a call, successful or not. */
export type BatchOutcome = Omit<BatchEndDetails, 'timings'>

/** A listener that calls the user's callbacks. */
export function batchCallbackListener<Call extends BatchCall>(
  callbacks: BatchCallbacks<Call & BatchCallEvent>,
): CallListener<Call, BatchProgress, BatchOutcome> {
  const hooks = new HookSet(callbacks as BatchCallbacks)
  return {
    name: 'callbacks',
    start: (event) => {
      hooks.run('onStart', event)
      return {
        progress: (progress) => {
          if (progress.type === 'request') hooks.run('onRequest', eventOf(event, progress))
          else if (progress.type === 'split') hooks.run('onSplit', eventOf(event, progress))
          else if (progress.type === 'concurrency') hooks.run('onConcurrency', eventOf(event, progress))
          else hooks.run('onCacheError', eventOf(event, progress))
        },
        end: (outcome, durationMs) => hooks.run('onEnd', { ...event, ...outcome, timings: { durationMs } }),
        fail: (error, durationMs, outcome = nothing) =>
          hooks.run('onError', { ...event, ...outcome, timings: { durationMs }, error }),
      }
    },
  }
}

const nothing: BatchOutcome = { aborted: false, items: 0, failed: 0, cached: 0, requests: 0, tokens: undefined }

function eventOf<Progress extends BatchProgress>(
  event: BatchCallEvent,
  { type: _type, ...details }: Progress,
): BatchCallEvent & Omit<Progress, 'type'> {
  return { ...event, ...details }
}

/**
 * A listener that creates a span and measurements for every call.
 *
 * @param more - additional attributes of the span, set at the start and at the end of a call.
 */
export function batchTelemetryListener<Call extends BatchCall, Outcome extends BatchOutcome>(
  options: TelemetryOptions,
  operation: TelemetryOperation,
  more: {
    readonly call?: (call: Call) => TelemetryAttributes
    readonly outcome?: (outcome: Outcome) => TelemetryAttributes
  } = {},
): CallListener<Call, BatchProgress, Outcome> {
  const { attribute } = telemetryNames
  return telemetryListener(options, {
    operation: () => operation,
    callAttributes: (call) => more.call?.(call) ?? {},
    outcomeAttributes: (outcome) => ({
      [attribute.items]: outcome.items,
      [attribute.failedItems]: outcome.failed,
      [attribute.cachedItems]: outcome.cached,
      [attribute.requests]: outcome.requests,
      ...more.outcome?.(outcome),
    }),
    tokens: ({ tokens }) => ({ input: tokens }),
  })
}
