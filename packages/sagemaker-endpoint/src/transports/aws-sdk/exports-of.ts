/**
 * What a CommonJS module exports, of its dynamic import. Node.js finds the exports by their names; in a bundle whose code
 * is split, they are the members of the default export, and there is nothing else.
 */
export function exportsOf<T extends object>(imported: T): T {
  const { default: exports } = imported as { readonly default?: T }
  return exports !== undefined && Object.keys(imported).length === 1 ? exports : imported
}
