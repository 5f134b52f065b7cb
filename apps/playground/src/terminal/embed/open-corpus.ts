import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { UsageError } from '../../command-line.ts'
import type { TerminalContext } from '../terminal-context.ts'

/** Where rows come from. */
export interface Corpus {
  readonly chunks: AsyncIterable<Uint8Array>
  /** Bytes in all; `undefined` where nobody knows. */
  readonly size: number | undefined
}

/**
 * A file, or standard input for `-` or for nothing where something is piped in.
 *
 * @throws {UsageError}
 */
export async function openCorpus(path: string | undefined, input: TerminalContext['input']): Promise<Corpus> {
  if (path === undefined && input.isTTY === true)
    throw new UsageError('Which texts? Give a file, or pipe them in. See --help.')
  if (path === undefined || path === '-') return { chunks: bytesOf(input, 'standard input'), size: undefined }
  try {
    const { size } = await stat(path)
    return { chunks: bytesOf(createReadStream(path), path), size }
  } catch (error) {
    throw unreadable(path, error)
  }
}

async function* bytesOf(stream: AsyncIterable<string | Buffer>, name: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk
  } catch (error) {
    throw unreadable(name, error)
  }
}

const unreadable = (name: string, error: unknown): UsageError =>
  new UsageError(`${name} cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)}).`, {
    cause: error,
  })
