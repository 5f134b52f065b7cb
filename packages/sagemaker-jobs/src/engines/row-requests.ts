import type { CodecRequest, ModelCodec } from '@x/bedrock-like-types'
import type { EngineRow } from '../contract/job-engine.ts'

/** Most rows in a request of a codec. */
export function maxRowsOf({ batch }: ModelCodec<never, unknown>): number {
  return batch?.maxItems ?? 1
}

/** Writes the request for rows. */
export function requestFor<I, O>(codec: ModelCodec<I, O>, rows: readonly EngineRow<I>[]): Promise<CodecRequest> {
  const [row] = rows
  const inputs = rows.map(({ input }) => input)
  return codec.batch === undefined || inputs.length === 1 ? codec.request(row?.input as I) : codec.batch.join(inputs)
}

/** Reads the answer: one outcome per row. Rejects if it is not certain which part belongs to which row. */
export async function outcomesOf<I, O>(
  codec: ModelCodec<I, O>,
  rows: readonly EngineRow<I>[],
  body: Uint8Array,
  contentType: string | undefined,
): Promise<readonly (O | Error)[]> {
  const [row] = rows
  const inputs = rows.map(({ input }) => input)
  if (codec.batch !== undefined && inputs.length > 1) return codec.batch.split(body, inputs, contentType)
  return [await codec.response(body, row?.input as I, contentType)]
}

/** Two halves of the rows, in order. */
export function halves<T>(rows: readonly T[]): readonly [readonly T[], readonly T[]] {
  const middle = Math.ceil(rows.length / 2)
  return [rows.slice(0, middle), rows.slice(middle)]
}
