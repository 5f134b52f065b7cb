import { placeOf } from './errors/failure-message.ts'
import { SagemakerError } from './errors/sagemaker-error.ts'

/** The error of a call that the caller's signal ended. */
export function abortedError(endpointName: string, cause: unknown): SagemakerError {
  return new SagemakerError('aborted', `the caller's signal ended the call${placeOf(endpointName)}.`, {
    endpointName,
    cause,
  })
}

/** The error of calls that `close()` ended, and of later ones. */
export function closedError(endpointName: string): SagemakerError {
  const text = `close() ended the call (endpoint ${endpointName}). Create another SagemakerEndpoint for further calls.`
  return new SagemakerError('aborted', text, { endpointName })
}

/**
 * The result of some work, or a rejection with the signal's reason as soon as it aborts, whichever comes first.
 * What the work brings after that is dropped.
 */
export function untilAborted<T>(
  signal: AbortSignal,
  start: (resolve: (value: T) => void, reject: (error: unknown) => void) => (() => void) | void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason)
      return
    }
    const stop = (): void => {
      cancel?.()
      reject(signal.reason)
    }
    const settled =
      <V>(settle: (value: V) => void) =>
      (value: V): void => {
        signal.removeEventListener('abort', stop)
        settle(value)
      }
    signal.addEventListener('abort', stop, { once: true })
    const cancel = start(settled(resolve), settled(reject))
  })
}

/** Waits, or rejects with the signal's reason as soon as it aborts. */
export function delay(milliseconds: number, signal: AbortSignal): Promise<void> {
  return untilAborted(signal, (resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    return () => clearTimeout(timer)
  })
}

type AbortListener = (event: Event) => void

/**
 * Several abort signals as one whose reason is the error that the caller is to get. It listens to them only while
 * it has a listener, so that a stream that is never read leaves nothing on a long-lived signal.
 *
 * @param toError - makes the error from a signal's reason; called once.
 */
export function joinedSignal(
  signals: readonly (AbortSignal | undefined)[],
  toError: (reason: unknown) => Error,
): AbortSignal {
  const sources = signals.filter((signal) => signal !== undefined)
  let error: Error | undefined
  const joined: Pick<AbortSignal, 'aborted' | 'reason'> & Record<'addEventListener' | 'removeEventListener', unknown> =
    {
      get aborted() {
        return sources.some((source) => source.aborted)
      },
      get reason() {
        const source = sources.find((source) => source.aborted)
        return source && (error ??= toError(source.reason))
      },
      addEventListener(type: string, listener: AbortListener, options?: AddEventListenerOptions) {
        for (const source of sources) source.addEventListener(type, listener, options)
      },
      removeEventListener(type: string, listener: AbortListener) {
        for (const source of sources) source.removeEventListener(type, listener)
      },
    }
  return joined as unknown as AbortSignal
}

/** From the start of a call to its end: one signal for everything that can end it. */
export interface Deadline {
  readonly signal: AbortSignal
  /** Releases the timer and the listener, once the call is over; none where there is no limit. */
  readonly end?: () => void
}

/**
 * A deadline after a time, or when a signal aborts, whose reason becomes its own.
 *
 * @param totalMs - `Infinity` for no limit: then the signal serves as it is.
 */
export function deadlineAfter(signal: AbortSignal, totalMs: number, toTimeout: () => SagemakerError): Deadline {
  // Node takes longer waits for no wait at all.
  if (totalMs >= 2 ** 31) return { signal }
  const controller = new AbortController()
  const onAborted = (): void => controller.abort(signal.reason)
  if (signal.aborted) onAborted()
  else signal.addEventListener('abort', onAborted)
  const timer = setTimeout(() => controller.abort(toTimeout()), totalMs)
  return {
    signal: controller.signal,
    end() {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAborted)
    },
  }
}
