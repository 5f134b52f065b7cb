const MAX_DEPTH = 5
const MAX_MEMBERS = 8
const MAX_MEMBER_LENGTH = 40
const MAX_ROWS = 1000
const MAX_ITEMS = 8

/**
 * Says what a JSON value looks like without quoting it: `array[2] of array[384] of number`, `object with error, type`.
 * Of an array with items of several shapes it names the first two.
 */
export function describeShape(value: unknown, depth = 0): string {
  if (value === null) return 'null'
  if (value instanceof Float32Array) return `vector[${value.length}]`
  if (Array.isArray(value)) {
    if (value.length === 0) return 'empty array'
    if (depth >= MAX_DEPTH) return `array[${value.length}]`
    const items: readonly unknown[] = value.slice(0, depth === 0 ? MAX_ROWS : MAX_ITEMS)
    const shapes = new Set(items.map((item) => describeShape(item, depth + 1)))
    return `array[${value.length}] of ${[...shapes].slice(0, 2).join(' or ')}`
  }
  if (typeof value !== 'object') return typeof value
  const members = Object.keys(value)
  if (members.length === 0) return 'empty object'
  const shown = members.slice(0, MAX_MEMBERS).map((name) => name.slice(0, MAX_MEMBER_LENGTH))
  return `object with ${shown.join(', ')}${members.length > MAX_MEMBERS ? `, and ${members.length - MAX_MEMBERS} more` : ''}`
}
