import { isJsonObject } from '@x/sagemaker-endpoint/model-kit'

/** An answer that cannot be read as vectors. The message names shapes and members, never texts or numbers. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError'
}

/** Whether a value stands for a vector that the container does not have: `null`, `[]`, or its error in place of it. */
export function isAbsent(value: unknown): boolean {
  if (value === null || (Array.isArray(value) && value.length === 0)) return true
  return isJsonObject(value) && value['error'] !== undefined && value['error'] !== null
}

const maxDepth = 5
const maxMembers = 8
const maxMemberLength = 40
const maxRows = 1000
const maxItems = 8

/**
 * Describes a JSON value without quoting it: `array[2] of array[384] of number`, `object with error, type`. Of an array with
 * items of several shapes it names the first two.
 */
export function describeShape(value: unknown, depth = 0): string {
  if (value === null) return 'null'
  if (value instanceof Float32Array) return `vector[${value.length}]`
  if (Array.isArray(value)) {
    if (value.length === 0) return 'empty array'
    if (depth >= maxDepth) return `array[${value.length}]`
    const items: readonly unknown[] = value.slice(0, depth === 0 ? maxRows : maxItems)
    const shapes = new Set(items.map((item) => describeShape(item, depth + 1)))
    return `array[${value.length}] of ${[...shapes].slice(0, 2).join(' or ')}`
  }
  if (typeof value !== 'object') return typeof value
  const members = Object.keys(value)
  if (members.length === 0) return 'empty object'
  const shown = members.slice(0, maxMembers).map(printable)
  return `object with ${shown.join(', ')}${members.length > maxMembers ? `, and ${members.length - maxMembers} more` : ''}`
}

/** A member name for a message: short, and without control characters, because messages reach terminals. */
function printable(name: string): string {
  return name.slice(0, maxMemberLength).replaceAll(/[^\x20-\x7e]/g, '?')
}
