import { createReadStream } from 'node:fs'
import { truncate } from 'node:fs/promises'
import { UsageError } from '../../command-line.ts'
import { lineStart, parseRecordedRow, type RecordedRow } from './row-lines.ts'

/** What a run has left behind in a file. */
export interface RecordedFile {
  readonly path: string
  readonly rows: readonly RecordedRow[]
  /** Bytes up to the end of the last whole line. */
  readonly wholeLength: number
  readonly length: number
}

const newline = 0x0a

/**
 * Reads what a run has left behind. A last line without its end was torn and does not count.
 *
 * @throws {UsageError} for a file that is somebody else's: it must not be cut.
 */
export async function readRecordedFile(path: string): Promise<RecordedFile> {
  const rows: RecordedRow[] = []
  let held: Buffer = Buffer.alloc(0)
  let wholeLength = 0
  for await (const chunk of chunksOf(path)) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    let from = 0
    for (let end = held.indexOf(newline); end !== -1; end = held.indexOf(newline, from)) {
      const row = parseRecordedRow(held.toString('utf8', from, end))
      if (row === undefined) throw notOurs(path, rows.length + 1)
      rows.push(row)
      from = end + 1
    }
    wholeLength += from
    held = held.subarray(from)
  }
  const torn = held.toString('utf8', 0, lineStart.length)
  if (!lineStart.startsWith(torn)) throw notOurs(path, rows.length + 1)
  return { path, rows, wholeLength, length: wholeLength + held.length }
}

/** Cuts off the last line if it is torn. */
export async function cutTornLine({ path, wholeLength, length }: RecordedFile): Promise<void> {
  if (wholeLength < length) await truncate(path, wholeLength)
}

async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) yield chunk as Buffer
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return
    throw new UsageError(`${path} cannot be read (${code ?? String(error)}).`, { cause: error })
  }
}

const notOurs = (path: string, line: number): UsageError =>
  new UsageError(`${path}, line ${line}, was not written by this command: choose another file, or --overwrite it.`)
