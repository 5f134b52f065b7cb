import { abortedError, joinedSignal } from '../signals.ts'

/** What ends a run of several requests from outside: the caller's signal, or the consumer who leaves. */
export interface RunSignal {
  /** Its reason is a `SagemakerError` with code `aborted`. */
  readonly signal: AbortSignal
  /** Ends what still runs, and stops listening, so that a long-lived signal keeps nothing of the run. */
  release(): void
}

/**
 * The caller's signal with a `SagemakerError` as its reason. It listens to the signal only while somebody listens to it, so that
 * a stream that is never read leaves nothing on a long-lived signal.
 */
export function callerSignal(endpointName: string, ...sources: readonly (AbortSignal | undefined)[]): AbortSignal {
  return joinedSignal(sources, (reason) => abortedError(endpointName, reason))
}

/** Starts to listen to what ends a run from outside. */
export function runSignal(endpointName: string, ...sources: readonly (AbortSignal | undefined)[]): RunSignal {
  const controller = new AbortController()
  const parent = callerSignal(endpointName, ...sources)
  const abort = (): void => controller.abort(parent.reason)
  if (parent.aborted) abort()
  else parent.addEventListener('abort', abort, { once: true })
  return {
    signal: controller.signal,
    release: () => {
      parent.removeEventListener('abort', abort)
      controller.abort(abortedError(endpointName, undefined))
    },
  }
}
