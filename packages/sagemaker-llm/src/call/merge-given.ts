/** The members of several objects, later ones over earlier ones. A member that is `undefined` was not given and replaces nothing. */
export function mergeGiven<T extends object>(...layers: readonly (T | undefined)[]): T {
  const merged: Record<string, unknown> = {}
  for (const layer of layers) {
    for (const [name, value] of Object.entries(layer ?? {})) if (value !== undefined) merged[name] = value
  }
  return merged as T
}
