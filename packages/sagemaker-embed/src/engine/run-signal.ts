import { SagemakerError } from '@x/sagemaker-endpoint'

/** What ends a call from outside: the caller's signal, or the consumer who leaves. */
export interface RunSignal {
  /** Its reason is a `SagemakerError` with code `aborted`. */
  readonly signal: AbortSignal
  /** Stops listening, so that a long-lived signal keeps nothing of the call. */
  release(): void
}

export function runSignal(endpointName: string, ...sources: readonly (AbortSignal | undefined)[]): RunSignal {
  const controller = new AbortController()
  const releases: (() => void)[] = []
  for (const source of sources) {
    if (source === undefined) continue
    const abort = (): void => {
      const message = `Endpoint ${endpointName}: the call was aborted.`
      controller.abort(new SagemakerError('aborted', message, { endpointName, cause: source.reason }))
    }
    if (source.aborted) abort()
    source.addEventListener('abort', abort, { once: true })
    releases.push(() => source.removeEventListener('abort', abort))
  }
  return {
    signal: controller.signal,
    release: () => {
      for (const release of releases) release()
    },
  }
}
