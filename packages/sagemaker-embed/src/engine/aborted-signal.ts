import type { SagemakerError } from '@x/sagemaker-endpoint'
import { abortedError } from './run-signal.ts'

/**
 * The caller's signal with a `SagemakerError` as its reason. It listens to the signal only while somebody listens to it,
 * so that a stream that is never read leaves nothing on a long-lived signal.
 */
export function abortedSignal(endpointName: string, source: AbortSignal): AbortSignal {
  let error: SagemakerError | undefined
  const signal = {
    get aborted() {
      return source.aborted
    },
    get reason() {
      if (!source.aborted) return undefined
      return (error ??= abortedError(endpointName, source.reason))
    },
    addEventListener: source.addEventListener.bind(source),
    removeEventListener: source.removeEventListener.bind(source),
  }
  return signal as unknown as AbortSignal
}
