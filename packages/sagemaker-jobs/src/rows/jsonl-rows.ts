import { isJsonObject, type JsonObject } from '@x/sagemaker-endpoint/model-kit'
import type { JobRow, JobRows } from '../contract/job-row.ts'
import { fileRows, InvalidRow } from './file-lines.ts'

/** Options of `jsonlRows`. */
export interface JsonlRowsOptions {
  /**
   * Takes every line as the input as it is, for a codec such as `rawCodec()`, and names rows by their position.
   * @defaultValue `false`
   */
  readonly raw?: boolean | undefined
}

/**
 * Rows from a file of JSON lines. A line is a text, or an object with an optional `id` and the input as `input`, `text`, `prompt` or
 * `messages`, or with `query` and `documents`. What is none of them fails with `invalid-row` and its line.
 *
 * @param file - path of the file
 */
export function jsonlRows<I = unknown>(file: string, { raw = false }: JsonlRowsOptions = {}): JobRows<I> {
  return fileRows<I>(file, raw ? (value) => ({ input: value as I }) : readRow)
}

const inputMembers = ['input', 'text', 'prompt', 'messages'] as const

function readRow<I>(value: unknown): JobRow<I> {
  if (typeof value === 'string') return { input: value as I }
  if (!isJsonObject(value)) throw new InvalidRow('is neither a text nor an object')
  const id = idOf(value)
  const given = inputMembers.filter((name) => Object.hasOwn(value, name))
  const [member] = given
  if (given.length > 1) throw new InvalidRow(`has ${given.join(' and ')}: one input is expected`, id)
  if (member !== undefined) return { id, input: value[member] as I }
  const { id: _, ...rest } = value
  if ('query' in rest && 'documents' in rest) return { id, input: rest as I }
  throw new InvalidRow('has no input: expected input, text, prompt, messages, or query and documents', id)
}

function idOf({ id }: JsonObject): string | undefined {
  if (id === undefined || id === null) return undefined
  if (typeof id === 'number') return String(id)
  if (typeof id === 'string') return id
  throw new InvalidRow('has an id that is neither a text nor a number')
}
