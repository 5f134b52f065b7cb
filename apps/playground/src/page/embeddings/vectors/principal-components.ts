import { dot, rowOf, type Matrix } from './matrix.ts'

export interface PrincipalComponents {
  /** Two coordinates per vector: x, y, x, y. The mean is at the origin. */
  readonly points: Float32Array
  /** Shares of the variance that the two axes show, the first the larger. */
  readonly explained: readonly [number, number]
}

const maxIterations = 200
/** The map does not change visibly any more. */
const tolerance = 1e-6

/**
 * Projects vectors on the two directions of largest variance (principal component analysis), found by orthogonal iteration on
 * the covariance, which is never formed (Golub and Van Loan, Matrix Computations, section 8.2.4). The same vectors always give
 * the same map: the largest number of each direction is positive.
 */
export function principalComponents(matrix: Matrix): PrincipalComponents {
  const { count, dimensions } = matrix
  const mean = meanOf(matrix)
  const variance = totalVariance(matrix, mean)
  const points = new Float32Array(count * 2)
  if (!(variance > 0)) return { points, explained: [0, 0] }
  let axes = orthonormal([startingAxis(dimensions, 1), startingAxis(dimensions, 2)])
  for (let iteration = 0; iteration < maxIterations; iteration += 1) {
    const next = orthonormal(axes.map((axis) => covarianceTimes(matrix, mean, axis)))
    const change = axes.reduce((most, axis, index) => Math.max(most, 1 - Math.abs(inner(axis, next[index] ?? axis))), 0)
    axes = next
    if (change < tolerance) break
  }
  const shares = axes.map((axis, column) => {
    const oriented = Float32Array.from(towardsPositive(axis))
    const offset = dot(mean, oriented)
    let squares = 0
    for (let row = 0; row < count; row += 1) {
      const coordinate = dot(rowOf(matrix, row), oriented) - offset
      points[row * 2 + column] = coordinate
      squares += coordinate * coordinate
    }
    return Math.min(1, squares / variance)
  })
  return { points, explained: [shares[0] ?? 0, shares[1] ?? 0] }
}

function meanOf(matrix: Matrix): Float32Array {
  const sums = new Float64Array(matrix.dimensions)
  for (let row = 0; row < matrix.count; row += 1)
    for (const [index, value] of rowOf(matrix, row).entries()) sums[index] = (sums[index] ?? 0) + value
  return Float32Array.from(sums, (sum) => sum / matrix.count)
}

/** Times the number of vectors. */
function totalVariance(matrix: Matrix, mean: Float32Array): number {
  let total = 0
  for (let row = 0; row < matrix.count; row += 1)
    for (const [index, value] of rowOf(matrix, row).entries()) total += (value - (mean[index] ?? 0)) ** 2
  return total
}

/** Numbers without a pattern that data could have, and yet always the same. */
const startingAxis = (dimensions: number, seed: number): Float64Array =>
  Float64Array.from({ length: dimensions }, (_, index) => Math.sin((index + 1) * 12.9898 * seed + seed))

function covarianceTimes(matrix: Matrix, mean: Float32Array, axis: Float64Array): Float64Array {
  const product = new Float64Array(matrix.dimensions)
  const narrow = Float32Array.from(axis)
  const offset = dot(mean, narrow)
  let sum = 0
  for (let row = 0; row < matrix.count; row += 1) {
    const vector = rowOf(matrix, row)
    const coordinate = dot(vector, narrow) - offset
    sum += coordinate
    for (let index = 0; index < product.length; index += 1)
      product[index] = (product[index] ?? 0) + coordinate * (vector[index] ?? 0)
  }
  return product.map((value, index) => value - sum * (mean[index] ?? 0))
}

const inner = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0)

/** Gram-Schmidt; what lies in the span of those before becomes zeros. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const done: Float64Array[] = []
  for (const vector of vectors) {
    const before = Math.sqrt(inner(vector, vector))
    let rest = vector
    for (const other of done) {
      const share = inner(rest, other)
      rest = rest.map((value, index) => value - share * (other[index] ?? 0))
    }
    const length = Math.sqrt(inner(rest, rest))
    done.push(length > before * 1e-9 ? rest.map((value) => value / length) : new Float64Array(rest.length))
  }
  return done
}

function towardsPositive(axis: Float64Array): Float64Array {
  const largest = axis.reduce((most, value) => (Math.abs(value) > Math.abs(most) + 1e-9 ? value : most), 0)
  return largest < 0 ? axis.map((value) => -value) : axis
}
