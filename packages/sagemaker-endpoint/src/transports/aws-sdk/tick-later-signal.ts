/**
 * A signal that aborts a tick after another one. Node keeps the connection of a request that is destroyed in the tick
 * in which it was made, for requests to come; a tick later it closes it.
 */
export function tickLaterSignal(signal: AbortSignal): AbortSignal {
  const later = new AbortController()
  if (signal.aborted) later.abort(signal.reason)
  else signal.addEventListener('abort', () => process.nextTick(() => later.abort(signal.reason)), { once: true })
  return later.signal
}
