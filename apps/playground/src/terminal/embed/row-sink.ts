import { open, type FileHandle } from 'node:fs/promises'
import { UsageError } from '../../command-line.ts'
import type { TerminalContext } from '../terminal-context.ts'
import type { RunFiles } from './resume.ts'

/** Where rows go, in their order. */
export interface RowSink extends AsyncDisposable {
  vector(line: string): Promise<void>
  failure(line: string, reason: string): Promise<void>
}

/** Appends to a file that is created when there is something to append. */
class AppendedFile {
  readonly #path: string
  #handle: FileHandle | undefined

  constructor(path: string) {
    this.#path = path
  }

  async open(): Promise<FileHandle> {
    try {
      this.#handle ??= await open(this.#path, 'a')
      return this.#handle
    } catch (error) {
      throw new UsageError(
        `${this.#path} cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)}).`,
      )
    }
  }

  async append(line: string): Promise<void> {
    const handle = await this.open()
    await handle.appendFile(`${line}\n`)
  }

  async close(): Promise<void> {
    await this.#handle?.sync().catch(() => {
      // Not every file can: a pipe, /dev/null.
    })
    await this.#handle?.close()
  }
}

/** @throws {UsageError} when the output cannot be written. */
export async function fileSink({ output, errors }: RunFiles): Promise<RowSink> {
  const vectors = new AppendedFile(output)
  const failures = new AppendedFile(errors)
  await vectors.open()
  return {
    vector: (line) => vectors.append(line),
    failure: (line) => failures.append(line),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([vectors.close(), failures.close()])
    },
  }
}

/** Vectors to standard output; failures to a file where one is named, and told otherwise. */
export async function outputSink(
  { output, notes }: Pick<TerminalContext, 'output' | 'notes'>,
  errors: string | undefined,
): Promise<RowSink> {
  const failures = errors === undefined ? undefined : new AppendedFile(errors)
  return {
    vector: (line) => output.line(line),
    failure: (line, reason) =>
      failures === undefined ? notes.line(`playground: ${notes.foreign(reason)}`) : failures.append(line),
    [Symbol.asyncDispose]: async () => failures?.close(),
  }
}
