import { isJsonObject, numberIn, parsedJson } from '@x/sagemaker-endpoint/model-kit'
import type { EngineRow } from '../../contract/job-engine.ts'
import { decodeValue, encodeValue } from '../../rows/stored-value.ts'

/** Rows that share a request, with the body of the request as JSON on one line. */
export interface ShardRecord<I> {
  readonly rows: readonly EngineRow<I>[]
  readonly body: string
}

/** Takes the body out of a record for the container, and gives its answer with the number of the record. */
export const shardFilters = { input: '$.body', output: "$['n','SageMakerOutput']" } as const

/**
 * Writes the lines of a shard. They hold the inputs, too, so that a shard can be read back with its answers, by whichever process does,
 * and no row has to stay in memory meanwhile.
 */
export function shardText<I>(records: readonly ShardRecord<I>[]): string {
  const lines = records.map(({ rows, body }, n) => `{"n":${n},"rows":${encodeValue(rows)},"body":${body}}\n`)
  return lines.join('')
}

/** Writes a manifest: the objects that a transform job reads, relative to their folder. */
export function manifestText(folder: string, files: readonly string[]): string {
  return JSON.stringify([{ prefix: folder }, ...files])
}

/** Reads a shard back: the rows of each record. */
export function readShard<I>(data: Uint8Array): readonly (readonly EngineRow<I>[])[] {
  return linesOf(data).map((line) => (decodeValue(line) as { readonly rows: readonly EngineRow<I>[] }).rows)
}

/** Reads the output of a shard: the answer to each record, by its number. */
export function readShardOutput(data: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const answers = new Map<number, Uint8Array>()
  for (const line of linesOf(data)) {
    const value = parsedJson(line)
    const n = numberIn(value, 'n')
    if (n === undefined || !isJsonObject(value) || !('SageMakerOutput' in value)) continue
    answers.set(n, new TextEncoder().encode(JSON.stringify(value['SageMakerOutput'])))
  }
  return answers
}

function linesOf(data: Uint8Array): readonly string[] {
  return new TextDecoder()
    .decode(data)
    .split('\n')
    .filter((line) => line !== '')
}
