import { AnswerError } from './answer-error.ts'
import { describeShape } from './describe-shape.ts'

/**
 * Copies an array of JSON numbers into single precision.
 *
 * @throws {AnswerError} when an element is neither a number nor `null`.
 */
export function numberVector(numbers: readonly unknown[]): Float32Array {
  const vector = new Float32Array(numbers.length)
  for (let index = 0; index < numbers.length; index += 1) vector[index] = numberOf(numbers[index])
  return vector
}

/**
 * A number of a vector. `null` becomes NaN: that is how Rust servers write it, and the check for finite numbers then fails
 * the one text, where `Float32Array.from` would make it a silent 0.
 *
 * @throws {AnswerError} when the value is neither a number nor `null`.
 */
export function numberOf(value: unknown): number {
  if (typeof value === 'number') return value
  if (value === null) return Number.NaN
  throw new AnswerError(`expected numbers, got ${describeShape(value)} among them`)
}

/** Whether a JSON value is an array of numbers, judged by its first element. */
export function isNumberArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && (typeof value[0] === 'number' || value[0] === null)
}
