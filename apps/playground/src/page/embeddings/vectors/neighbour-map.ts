import { UMAP } from 'umap-js'
import type { Matrix } from './matrix.ts'
import { nearestNeighbourGraph } from './nearest-neighbour-graph.ts'

/** What the papers and libraries begin with. */
const neighbours = 15

/**
 * Lays vectors out so that neighbours stay together (UMAP, McInnes et al., 2018), starting from the map of principal
 * components, so that the large shape and the result of the same vectors stay the same.
 *
 * @param start - Two coordinates per vector.
 * @param onProgress - Told the share of the work that is done, now and then.
 */
export function neighbourMap(matrix: Matrix, start: Float32Array, onProgress: (share: number) => void): Float32Array {
  const size = Math.min(neighbours, matrix.count - 1)
  const { indices, distances } = nearestNeighbourGraph(matrix, size, (share) => onProgress(share / 2))
  const umap = new UMAP({ nNeighbors: size, minDist: 0.1, random: seededRandom(1) })
  umap.setPrecomputedKNN(indices, distances)
  // With the neighbours at hand only the number of the vectors is asked for.
  const epochs = umap.initializeFit(indices)
  const layout = umap.getEmbedding()
  const scale = 10 / start.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9)
  for (const [row, point] of layout.entries()) {
    point[0] = (start[row * 2] ?? 0) * scale
    point[1] = (start[row * 2 + 1] ?? 0) * scale
  }
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    umap.step()
    if (epoch % 10 === 0) onProgress(0.5 + epoch / epochs / 2)
  }
  return Float32Array.from(umap.getEmbedding().flat())
}

/** Mulberry32. */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
