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
