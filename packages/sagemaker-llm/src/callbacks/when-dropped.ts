const registry = new FinalizationRegistry<() => void>((onDrop) => onDrop())

/**
 * Calls `onDrop` when `value` has been forgotten: when nothing refers to it any more and its memory has been reclaimed. That
 * may be late, and at the end of the program it does not happen.
 *
 * @param onDrop must not refer to `value`, or that would never be forgotten
 * @returns a function after which `onDrop` is not called any more
 */
export function whenDropped(value: object, onDrop: () => void): () => void {
  const token = {}
  registry.register(value, onDrop, token)
  return () => {
    registry.unregister(token)
  }
}
