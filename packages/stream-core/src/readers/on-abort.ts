/**
 * Calls the listener with the signal's reason: now if it is aborted already, else once when that happens.
 * @returns a function that stops listening
 */
export function onAbort(signal: AbortSignal, listener: (reason: unknown) => void): () => void {
  const notify = (): void => listener(signal.reason)
  if (signal.aborted) {
    notify()
    return () => {}
  }
  signal.addEventListener('abort', notify, { once: true })
  return () => signal.removeEventListener('abort', notify)
}
