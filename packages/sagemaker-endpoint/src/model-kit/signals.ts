import { abortedError, joinedSignal } from '../signals.ts'

/** A signal that aborts all requests of a call. */
export interface RunSignal {
  /** The reason is a `SagemakerError` with code `aborted`. */
  readonly signal: AbortSignal
  /** Aborts the requests that are still in flight, and removes all listeners from the sources. */
  release(): void
}

/**
 * Combines signals into one whose reason is a `SagemakerError` with code `aborted`. It listens to its sources only while it has
 * listeners, so that a stream that is never read leaves nothing on a long-lived signal.
 */
export function callerSignal(endpointName: string, ...sources: readonly (AbortSignal | undefined)[]): AbortSignal {
  return joinedSignal(sources, (reason) => abortedError(endpointName, reason))
}

/** Creates a signal that aborts when any of the sources does. */
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
