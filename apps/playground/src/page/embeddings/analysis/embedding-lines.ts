import { isSparse, type ShownVector } from '../../../protocol/shown-vector.ts'
import type { EmbeddedRow } from './analysis-task.ts'

/** One JSON line per text, in order, with its vector or the reason why it has none. Nine digits give back every 32-bit float. */
export function* embeddingLines(rows: readonly EmbeddedRow[]): Generator<string> {
  for (const [index, { id, text, embedding, error }] of rows.entries()) {
    if (embedding === undefined && error === undefined) continue
    yield `${JSON.stringify({ index, id, text, embedding: embedding && plainVector(embedding), error })}\n`
  }
}

function plainVector(vector: ShownVector): unknown {
  return isSparse(vector)
    ? { indices: Array.from(vector.indices), values: numbersOf(vector.values) }
    : numbersOf(vector)
}

const numbersOf = (vector: Exclude<ShownVector, { indices: unknown }>): number[] =>
  Array.from(vector, (value) => Number(value.toPrecision(9)))
