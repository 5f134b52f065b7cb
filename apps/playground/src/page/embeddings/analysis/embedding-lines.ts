import type { EmbeddedRow } from './analysis-task.ts'

/** One JSON line per text, in order, with its vector or the reason why it has none. Nine digits give back every 32-bit float. */
export function* embeddingLines(rows: readonly EmbeddedRow[]): Generator<string> {
  for (const [index, { id, text, embedding, error }] of rows.entries()) {
    if (embedding === undefined && error === undefined) continue
    const numbers = embedding && Array.from(embedding, (value) => Number(value.toPrecision(9)))
    yield `${JSON.stringify({ index, id, text, embedding: numbers, error })}\n`
  }
}
