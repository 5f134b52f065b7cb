import type { Row } from './read-rows.ts'

/** Why a row has no vector. */
export interface RowFailure {
  readonly code: string
  readonly message: string
}

/** What is read back of a line. */
export interface RecordedRow {
  readonly index: number
  readonly id: string | number | undefined
  /** Length of the vector; `undefined` for a row that failed. */
  readonly dimensions: number | undefined
}

/** Every line of ours begins so, which tells a torn one from a line of somebody else's. */
export const lineStart = '{"index":'

/** A row with its vector. */
export function vectorLine({ index, id }: Row, embedding: Float32Array): string {
  return JSON.stringify({ index, id, embedding: Array.from(embedding, shortest) })
}

/** With the fewest digits that give back the same 32-bit float: half of what the same number has with 64 bits. */
function shortest(value: number): number {
  for (const digits of [7, 8]) {
    const rounded = Number(value.toPrecision(digits))
    if (Math.fround(rounded) === value) return rounded
  }
  return Number(value.toPrecision(9))
}

/** A row that failed, as it was, so that the file can be fixed and embedded. */
export function failureLine({ index, id, text, line }: Row, error: RowFailure): string {
  return JSON.stringify({ index, id, ...(text === undefined ? { line } : { text }), error })
}

/** @returns `undefined` for a line that is not one of these. */
export function parseRecordedRow(line: string): RecordedRow | undefined {
  if (!line.startsWith(lineStart)) return undefined
  try {
    const { index, id, embedding, error } = JSON.parse(line) as Record<string, unknown>
    if (!Number.isInteger(index) || (!Array.isArray(embedding) && error === undefined)) return undefined
    const dimensions = Array.isArray(embedding) ? embedding.length : undefined
    return { index: index as number, id: id as RecordedRow['id'], dimensions }
  } catch {
    return undefined
  }
}
