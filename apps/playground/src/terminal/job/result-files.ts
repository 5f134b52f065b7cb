import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises'
import { UsageError } from '../../command-line.ts'

const bufferLength = 2 ** 16

/** A file that is replaced as a whole once all of it is written, so that there is never a part of it. */
class ReplacedFile {
  readonly #path: string
  /** Where it is written to; the file itself where it is none that can be replaced, such as `/dev/null`. */
  readonly #temporary: string
  readonly #handle: FileHandle
  #buffer = ''

  private constructor(path: string, temporary: string, handle: FileHandle) {
    this.#path = path
    this.#temporary = temporary
    this.#handle = handle
  }

  static async open(file: string): Promise<ReplacedFile> {
    try {
      const path = await realpath(file).catch(() => file)
      const isReplaceable = await stat(path).then(
        (found) => found.isFile(),
        () => true,
      )
      const temporary = isReplaceable ? `${path}.partial` : path
      return new ReplacedFile(path, temporary, await open(temporary, 'w'))
    } catch (cause) {
      const { code, message } = cause as NodeJS.ErrnoException
      throw new UsageError(`${file} cannot be written (${code ?? message}).`, { cause })
    }
  }

  async append(line: string): Promise<void> {
    this.#buffer += line
    if (this.#buffer.length >= bufferLength) await this.#flush()
  }

  async replace(): Promise<void> {
    await this.#flush()
    const isReplaceable = this.#temporary !== this.#path
    if (isReplaceable) await this.#handle.sync()
    await this.#handle.close()
    if (isReplaceable) await rename(this.#temporary, this.#path)
  }

  async discard(): Promise<void> {
    await this.#handle.close()
    if (this.#temporary !== this.#path) await rm(this.#temporary, { force: true })
  }

  async #flush(): Promise<void> {
    const text = this.#buffer
    this.#buffer = ''
    await this.#handle.writeFile(text)
  }
}

/** A line of a result, newline included, and which file it belongs to. */
export interface ResultLine {
  readonly text: string
  readonly isFailure: boolean
}

/**
 * Writes lines to files, which are there as a whole or not at all. Without a file for failures, they go to the output; it is written
 * even if it is empty, the file for failures only if there are any.
 *
 * @throws {UsageError} if a file cannot be written
 */
export async function writeResultFiles(
  files: { readonly output: string; readonly errors: string | undefined },
  lines: AsyncIterable<ResultLine>,
): Promise<void> {
  const opened: ReplacedFile[] = []
  const openFile = async (file: string): Promise<ReplacedFile> => {
    const one = await ReplacedFile.open(file)
    opened.push(one)
    return one
  }
  try {
    const output = await openFile(files.output)
    let errors: ReplacedFile | undefined
    for await (const { text, isFailure } of lines) {
      if (isFailure && files.errors !== undefined) {
        errors ??= await openFile(files.errors)
        await errors.append(text)
      } else await output.append(text)
    }
    if (errors === undefined && files.errors !== undefined) await rm(files.errors, { force: true })
  } catch (error) {
    for (const file of opened) await file.discard().catch(() => {})
    throw error
  }
  for (const file of opened) await file.replace()
}
