import { isJsonObject, type JsonObject, numberIn, stringIn } from '@x/sagemaker-endpoint/model-kit'
import { SagemakerError, type SagemakerErrorCode } from '@x/sagemaker-endpoint'
import type { JobResult } from '../contract/job-result.ts'
import type { RowState } from '../rows/row-table.ts'
import { decodeValue, encodeValue } from '../rows/stored-value.ts'
import { hexOf } from './request-record.ts'

/** A row with what a line of the log `results` says of it in addition to its outcome. */
export interface ResultKey {
  readonly id: string
  readonly index: number
  readonly digest: number
  readonly attempt: number
}

/** Writes the outcome of a row as a line. */
export function resultLine(key: ResultKey, outcome: { readonly output: unknown } | { readonly error: SagemakerError }) {
  const head = `{"id":${JSON.stringify(key.id)},"index":${key.index},"digest":"${hexOf(key.digest)}"`
  const attempt = key.attempt === 1 ? '' : `,"attempt":${key.attempt}`
  const tail =
    'error' in outcome
      ? `"error":${JSON.stringify(storedError(outcome.error))}`
      : `"output":${encodeValue(outcome.output)}`
  return `${head}${attempt},${tail}}\n`
}

/** The state of a row that has failed. */
export function stateOfFailure({ code, retryable }: Pick<SagemakerError, 'code' | 'retryable'>): RowState {
  if (code === 'timeout' && retryable) return 'expired'
  return retryable ? 'retryable' : 'failed'
}

/** What the table of rows keeps of a line. */
export interface ResultSummary extends Omit<ResultKey, 'id'> {
  readonly state: Exclude<RowState, 'new'>
}

const summaryHead =
  /^\{"id":"(?:[^"\\]|\\.)*","index":(\d+),"digest":"([\da-f]{8})"(?:,"attempt":(\d+))?,"(output|error)":/

/** Reads the beginning of a line without parsing the output, which can be long; `undefined` if the line is none of this format. */
export function readResultSummary(text: string): ResultSummary | undefined {
  const match = text.endsWith('}') ? summaryHead.exec(text) : null
  if (match === null) return undefined
  const [head, index, digest = '', attempt = '1', kind] = match
  const key = { index: Number(index), digest: Number.parseInt(digest, 16), attempt: Number(attempt) }
  if (kind === 'output') return { ...key, state: 'done' }
  const error: unknown = JSON.parse(text.slice(head.length, -1))
  return { ...key, state: isJsonObject(error) ? stateOfFailure(restoredError(error)) : 'failed' } as ResultSummary
}

/** Reads a whole line. */
export function readResultLine(text: string): JobResult<unknown> {
  const value = decodeValue(text) as JsonObject
  const key = { id: stringIn(value, 'id') ?? '', index: numberIn(value, 'index') ?? 0 }
  const { error } = value
  if (isJsonObject(error)) return { ...key, error: restoredError(error).with(key) }
  return { ...key, output: value['output'] }
}

function storedError(error: SagemakerError): object {
  const { message, code, id: _, index: __, ...facts } = error.toJSON()
  return { code, message: String(message).slice(error.code.length + 2), ...facts, attempts: undefined }
}

function restoredError(stored: JsonObject): SagemakerError {
  const { code, message, name: _, ...details } = stored
  return new SagemakerError(code as SagemakerErrorCode, String(message), details)
}
