import { SagemakerError } from '@x/sagemaker-endpoint'

/** What ends a call from outside: the caller's signal, or the consumer who leaves. */
export interface RunSignal {
  /** Its reason is a `SagemakerError` with code `aborted`. */
  readonly signal: AbortSignal
  /** Ends what still runs, and stops listening, so that a long-lived signal keeps nothing of the call. */
  release(): void
}

export function runSignal(endpointName: string, ...sources: readonly (AbortSignal | undefined)[]): RunSignal {
  const controller = new AbortController()
  const releases: (() => void)[] = []
  for (const source of sources) {
    if (source === undefined) continue
    const abort = (): void => controller.abort(abortedError(endpointName, source.reason))
    if (source.aborted) abort()
    source.addEventListener('abort', abort, { once: true })
    releases.push(() => source.removeEventListener('abort', abort))
  }
  return {
    signal: controller.signal,
    release: () => {
      for (const release of releases) release()
      controller.abort(abortedError(endpointName))
    },
  }
}

/** The error of a call that was ended from outside. */
export function abortedError(endpointName: string, cause?: unknown): SagemakerError {
  return new SagemakerError('aborted', `the call was aborted (endpoint ${endpointName}).`, { endpointName, cause })
}
