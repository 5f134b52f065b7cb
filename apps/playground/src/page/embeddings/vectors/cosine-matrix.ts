import { dot, matrixOf, rowOf, toUnitRows } from './matrix.ts'

/** The cosine of every pair. */
export interface CosineMatrix {
  readonly count: number
  /** Row by row, `count * count` numbers. */
  readonly values: Float32Array
  /** Smallest and largest cosine of two different vectors. */
  readonly min: number
  readonly max: number
}

/** @throws {RangeError} when the vectors differ in length. */
export function cosineMatrix(vectors: readonly Float32Array[]): CosineMatrix {
  const unit = toUnitRows(matrixOf(vectors))
  const { count } = unit
  const values = new Float32Array(count * count)
  let [min, max] = [1, -1]
  for (let row = 0; row < count; row += 1) {
    values[row * count + row] = 1
    for (let column = 0; column < row; column += 1) {
      const cosine = Math.max(-1, Math.min(1, dot(rowOf(unit, row), rowOf(unit, column))))
      values[row * count + column] = values[column * count + row] = cosine
      min = Math.min(min, cosine)
      max = Math.max(max, cosine)
    }
  }
  return { count, values, min: Math.min(min, max), max: Math.max(min, max) }
}
