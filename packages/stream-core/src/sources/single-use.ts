/**
 * Guards a source that can be read only once, so that a second run is an error and not an answer without content.
 */
export function singleUse<S>(source: S, message: string): () => S {
  let used = false
  return () => {
    if (used) throw new TypeError(message)
    used = true
    return source
  }
}
