type AbortListener = (event: Event) => void

/**
 * Several abort signals as one whose reason is the error that the caller is to get. It listens to them only while
 * somebody listens to it, so that a stream that is never read leaves nothing on a long-lived signal.
 *
 * @param toError makes the error from a signal's reason; called once.
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
