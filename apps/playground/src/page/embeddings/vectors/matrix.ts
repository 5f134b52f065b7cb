/** Vectors of one length, one after the other: a form that goes to a worker as it is. */
export interface Matrix {
  readonly count: number
  readonly dimensions: number
  /** Row by row, `count * dimensions` numbers. */
  readonly values: Float32Array
}

/** @throws {RangeError} when the vectors differ in length. */
export function matrixOf(vectors: readonly Float32Array[]): Matrix {
  const dimensions = vectors[0]?.length ?? 0
  const values = new Float32Array(vectors.length * dimensions)
  for (const [index, vector] of vectors.entries()) {
    if (vector.length !== dimensions)
      throw new RangeError(`A vector of ${vector.length} numbers among those of ${dimensions}.`)
    values.set(vector, index * dimensions)
  }
  return { count: vectors.length, dimensions, values }
}

/** A view of one row, not a copy. */
export const rowOf = ({ values, dimensions }: Matrix, index: number): Float32Array =>
  values.subarray(index * dimensions, (index + 1) * dimensions)

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  // The loops over all pairs of vectors spend their time here, where an iterator costs several times as much.
  for (let index = 0; index < a.length; index += 1) sum += (a[index] ?? 0) * (b[index] ?? 0)
  return sum
}

export const norm = (vector: Float32Array): number => Math.sqrt(dot(vector, vector))

/** The same vectors with unit length; those of zeros stay. */
export function toUnitRows(matrix: Matrix): Matrix {
  const values = new Float32Array(matrix.values)
  const unit = { ...matrix, values }
  for (let index = 0; index < matrix.count; index += 1) {
    const row = rowOf(unit, index)
    const length = norm(row)
    if (length > 0) for (const [position, value] of row.entries()) row[position] = value / length
  }
  return unit
}
