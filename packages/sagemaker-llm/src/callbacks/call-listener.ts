import type { ToolCallDelta } from '@x/bedrock-like-types'
import type { ObservedCall } from './call-observer.ts'
import type { CallEndEvent, CallEvent, CallTimings } from './llm-callbacks.ts'

/** A call that begins. */
export interface StartedCall extends ObservedCall {
  readonly callId: string
}

/** A fragment of an answer. */
export interface CallToken {
  readonly index: number
  readonly delta: string
  readonly reasoningDelta?: string | undefined
  readonly toolCallDelta?: ToolCallDelta | undefined
  readonly timings: CallTimings
}

/** What has come of a call that did not fail. */
export interface CallOutcome extends Omit<CallEndEvent, keyof CallEvent> {
  /** The container's own answer, or the last value of it, parsed. */
  readonly raw: unknown
}

/** Keeps record of one call. Exactly one of `end` and `fail` is called, last. None of them throws. */
export interface CallRecord {
  token(token: CallToken): void
  end(outcome: CallOutcome): void
  fail(error: unknown, timings: CallTimings): void
}

/** Wants to know about calls: callbacks, telemetry. */
export interface CallListener {
  /** Runs the beginning of a call (in the context of a span, say) and gives it the record to keep. */
  begin<R>(call: StartedCall, run: (record: CallRecord) => R): R
}
