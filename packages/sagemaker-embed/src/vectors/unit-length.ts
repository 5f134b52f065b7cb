/**
 * Scales a vector to length 1, in place, and returns it. A zero vector has no direction and stays as it is.
 *
 * The length is summed in double precision, where the square of every single-precision number fits.
 */
export function toUnitLength(vector: Float32Array): Float32Array {
  let squares = 0
  for (let index = 0; index < vector.length; index++) squares += (vector[index] as number) ** 2
  if (squares === 0) return vector
  const length = Math.sqrt(squares)
  for (let index = 0; index < vector.length; index++) vector[index] = (vector[index] as number) / length
  return vector
}
