import { isJsonObject, numberIn, stringIn } from '@x/sagemaker-endpoint/model-kit'
import type { AnswerLocations } from '../contract/job-engine.ts'

/** A row of a request on record. */
export interface RecordedRow {
  readonly index: number
  readonly digest: number
}

/** A line of the log `requests`. */
export type RequestRecord =
  | {
      readonly kind: 'submitted'
      readonly name: string
      readonly attempt: number
      readonly atMs: number
      readonly rows: readonly RecordedRow[]
    }
  | { readonly kind: 'accepted'; readonly name: string; readonly locations: AnswerLocations }
  | { readonly kind: 'ended'; readonly total: number }

/** Writes a record as a line. */
export function requestLine(record: RequestRecord): string {
  if (record.kind === 'accepted') return line({ request: record.name, ...record.locations })
  if (record.kind === 'ended') return line({ ended: record.total })
  const { name, attempt, atMs, rows } = record
  // Rows of a request mostly follow each other, so one number and the digests say it all.
  const first = rows[0]?.index ?? 0
  const areConsecutive = rows.every(({ index }, position) => index === first + position)
  const indexes = areConsecutive ? { first } : { rows: rows.map(({ index }) => index) }
  const digests = rows.map(({ digest }) => hexOf(digest)).join('')
  return line({ request: name, attempt, at: atMs, ...indexes, digests })
}

/** Reads a line; `undefined` if it is none of this format. */
export function readRequestLine(text: string): RequestRecord | undefined {
  const value = parsed(text)
  if (!isJsonObject(value)) return undefined
  const total = numberIn(value, 'ended')
  if (total !== undefined) return { kind: 'ended', total }
  const name = stringIn(value, 'request')
  if (name === undefined) return undefined
  const output = stringIn(value, 'output')
  if (output !== undefined)
    return {
      kind: 'accepted',
      name,
      locations: { output, failure: stringIn(value, 'failure'), job: stringIn(value, 'job') },
    }
  const digests = stringIn(value, 'digests')?.match(/.{8}/g)
  const first = numberIn(value, 'first')
  const listed = value['rows']
  if (!digests || (first === undefined && !Array.isArray(listed))) return undefined
  const rows = digests.map((digest, position) => ({
    index: first === undefined ? Number((listed as readonly unknown[])[position]) : first + position,
    digest: Number.parseInt(digest, 16),
  }))
  const { attempt = 1, at: atMs = 0 } = { attempt: numberIn(value, 'attempt'), at: numberIn(value, 'at') }
  return { kind: 'submitted', name, attempt, atMs, rows }
}

/** A digest as 8 hexadecimal digits. */
export function hexOf(digest: number): string {
  return digest.toString(16).padStart(8, '0')
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
