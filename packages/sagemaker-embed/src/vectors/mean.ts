/**
 * The arithmetic mean of vectors, number by number, summed in double precision. It is not scaled to unit length.
 *
 * @param vectors - one or more vectors of the same width.
 * @throws {RangeError} when there is no vector, or when they differ in width.
 *
 * @public
 */
export function mean(vectors: readonly Float32Array[]): Float32Array {
  const width = vectors[0]?.length
  if (width === undefined) throw new RangeError('the mean needs at least one vector')
  const sums = new Float64Array(width)
  for (const vector of vectors) {
    if (vector.length !== width)
      throw new RangeError(`the mean needs vectors of one width, got ${width} and ${vector.length}`)
    for (let index = 0; index < width; index++) sums[index] = (sums[index] as number) + (vector[index] as number)
  }
  return Float32Array.from(sums, (sum) => sum / vectors.length)
}
