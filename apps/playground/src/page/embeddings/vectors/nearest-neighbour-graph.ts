import { dot, rowOf, toUnitRows, type Matrix } from './matrix.ts'

/** For every vector its nearest ones by cosine distance, nearest first; the first is the vector itself. */
export interface NeighbourGraph {
  readonly indices: number[][]
  /** 1 minus the cosine. */
  readonly distances: number[][]
}

/**
 * Compares all pairs, so that the result is exact; some seconds for 5,000 vectors.
 *
 * @param size - Neighbours of each vector, itself included; at most the number of vectors.
 * @param onProgress - Told the share of the work that is done, now and then.
 */
export function nearestNeighbourGraph(
  matrix: Matrix,
  size: number,
  onProgress: (share: number) => void = () => undefined,
): NeighbourGraph {
  const unit = toUnitRows(matrix)
  const { count } = unit
  const indices = Array.from({ length: count }, (_, row) => [row])
  const distances = Array.from({ length: count }, () => [0])
  for (let row = 1; row < count; row += 1) {
    const vector = rowOf(unit, row)
    for (let other = 0; other < row; other += 1) {
      const distance = Math.max(0, 1 - dot(vector, rowOf(unit, other)))
      insert(indices[row] ?? [], distances[row] ?? [], other, distance, size)
      insert(indices[other] ?? [], distances[other] ?? [], row, distance, size)
    }
    if (row % 200 === 0) onProgress((row / count) ** 2)
  }
  return { indices, distances }
}

function insert(indices: number[], distances: number[], index: number, distance: number, size: number): void {
  if (distances.length >= size && distance >= (distances[size - 1] ?? 0)) return
  let position = distances.length
  while (position > 1 && (distances[position - 1] ?? 0) > distance) position -= 1
  indices.splice(position, 0, index)
  distances.splice(position, 0, distance)
  if (distances.length > size) {
    indices.pop()
    distances.pop()
  }
}
