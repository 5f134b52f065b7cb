/**
 * Checks an option that counts things.
 * @throws {RangeError} unless it is a whole number of at least `least`, or Infinity
 */
export function checkCount(name: string, count: number, least: number): void {
  if (Number.isInteger(count) ? count >= least : count === Number.POSITIVE_INFINITY) return
  throw new RangeError(`${name} must be a whole number of at least ${least}, not ${count}.`)
}
