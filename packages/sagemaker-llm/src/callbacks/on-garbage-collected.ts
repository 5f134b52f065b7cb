const registry = new FinalizationRegistry<() => void>((callback) => callback())

/**
 * Calls `callback` when `value` has been garbage-collected: when nothing refers to it any more and its memory has been
 * reclaimed. That may be late, and at the end of the program it does not happen.
 *
 * @param callback must not refer to `value`, or that would never be garbage-collected
 * @returns a function after which `callback` is not called any more
 */
export function onGarbageCollected(value: object, callback: () => void): () => void {
  const token = {}
  registry.register(value, callback, token)
  return () => {
    registry.unregister(token)
  }
}
