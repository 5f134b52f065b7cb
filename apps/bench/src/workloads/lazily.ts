/** Calls `create` once, when its result is first asked for. */
export function lazily<T>(create: () => T): () => T {
  let created: { readonly value: T } | undefined
  return () => (created ??= { value: create() }).value
}
