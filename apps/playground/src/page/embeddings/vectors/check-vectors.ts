import { dot, norm, rowOf, toUnitRows, type Matrix } from './matrix.ts'

/** What is remarkable about vectors; numbers are rows of the matrix, rising. */
export interface VectorChecks {
  readonly norms: { readonly min: number; readonly median: number; readonly max: number }
  /** Whether all vectors have length 1, save for those of zeros. */
  readonly isUnitLength: boolean
  readonly zeros: readonly number[]
  /** Far longer or shorter than the others. */
  readonly oddNorms: readonly number[]
  /** Rows whose vectors point the same way, by group, each of two or more. */
  readonly duplicates: readonly (readonly number[])[]
}

/** What containers lose when they normalize in 16 bits. */
const unitTolerance = 2e-3
/** Cosines above this are of the same text: rounding makes as much of a difference between two batches. */
const sameCosine = 0.99999
/** In deviations from the median: of a normal distribution one value in 500 million is as far out. */
const oddDeviations = 6

export function checkVectors(matrix: Matrix): VectorChecks {
  const norms = Array.from({ length: matrix.count }, (_, row) => norm(rowOf(matrix, row)))
  const zeros = rowsWhere(norms, (length) => length === 0)
  const lengths = norms.filter((length) => length > 0).sort((a, b) => a - b)
  const median = middle(lengths)
  const deviation = middle(lengths.map((length) => Math.abs(length - median)).sort((a, b) => a - b))
  // 1.4826 makes the median deviation comparable to a standard deviation. Less than rounding is never odd.
  const allowed = Math.max(oddDeviations * 1.4826 * deviation, unitTolerance * median)
  return {
    norms: { min: lengths[0] ?? 0, median, max: lengths.at(-1) ?? 0 },
    isUnitLength: lengths.length > 0 && lengths.every((length) => Math.abs(length - 1) <= unitTolerance),
    zeros,
    oddNorms: rowsWhere(norms, (length) => length > 0 && Math.abs(length - median) > allowed),
    duplicates: duplicatesOf(toUnitRows(matrix), norms),
  }
}

const rowsWhere = (norms: readonly number[], holds: (length: number) => boolean): number[] =>
  norms.flatMap((length, row) => (holds(length) ? [row] : []))

const middle = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)] ?? 0

/**
 * Two unit vectors are never farther apart than their difference is on any one axis. Sorted along an axis, only rows within
 * that distance need to be compared, not all pairs.
 */
function duplicatesOf(unit: Matrix, norms: readonly number[]): number[][] {
  const reach = Math.sqrt(2 - 2 * sameCosine)
  const axis = sortingAxis(unit.dimensions)
  const sorted = rowsWhere(norms, (length) => length > 0)
    .map((row) => ({ row, at: dot(rowOf(unit, row), axis) }))
    .sort((a, b) => a.at - b.at)
  const group = new Map<number, number[]>()
  for (const [position, { row, at }] of sorted.entries()) {
    for (let before = position - 1; before >= 0; before -= 1) {
      const other = sorted[before]
      if (other === undefined || at - other.at > reach) break
      if (group.has(row) && group.get(row) === group.get(other.row)) continue
      if (dot(rowOf(unit, row), rowOf(unit, other.row)) < sameCosine) continue
      const merged = [...(group.get(row) ?? [row]), ...(group.get(other.row) ?? [other.row])]
      for (const member of merged) group.set(member, merged)
    }
  }
  return [...new Set(group.values())]
    .map((rows) => rows.sort((a, b) => a - b))
    .sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0))
}

/** A direction of unit length that has nothing to do with the data. */
function sortingAxis(dimensions: number): Float32Array {
  const axis = Float32Array.from({ length: dimensions }, (_, index) => Math.sin((index + 1) * 78.233))
  const length = norm(axis)
  return axis.map((value) => value / length)
}
