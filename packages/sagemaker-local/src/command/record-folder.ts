import { randomUUID } from 'node:crypto'
import { mkdir, open, stat, unlink } from 'node:fs/promises'
import path from 'node:path'
import type { LocalEndpoint } from '../answers/local-endpoint.ts'
import { record } from '../capture/record.ts'
import { UsageError } from './usage-error.ts'

/** Captures contain prompts and answers, so only their owner may read them. */
const ownerOnly = 0o600

/** Wraps a model so that each call is recorded to `<name>-<number>.jsonl`, with the next free number. */
export type Recorder = (name: string, model: LocalEndpoint) => LocalEndpoint

/**
 * Opens a folder for recordings. Creates it if necessary and writes a test file, so that a wrong path is reported at the start and not
 * after the first call. A capture that cannot be written later never fails a call.
 *
 * @param print - Called with a line of text for each capture that could not be written.
 * @throws {UsageError} if no file can be written to the folder.
 */
export async function openRecordFolder(folder: string, print: (line: string) => void): Promise<Recorder> {
  try {
    await makeFolder(path.resolve(folder))
    const probe = path.join(folder, `.${randomUUID()}`)
    await (await open(probe, 'wx', ownerOnly)).close()
    await unlink(probe)
  } catch (error) {
    throw new UsageError(`--record ${folder}: no file can be written there (${reasonOf(error)}).`)
  }
  return (name, model) => {
    // Endpoint names may contain characters that file names may not.
    const file = new NumberedFile(path.join(folder, encodeURIComponent(name)))
    return record(model, (capture) =>
      file
        .write(capture)
        .catch((error: unknown) => print(`A call of ${name} could not be recorded: ${reasonOf(error)}`)),
    )
  }
}

class NumberedFile {
  readonly #prefix: string
  #count = 0

  constructor(prefix: string) {
    this.#prefix = prefix
  }

  /** Writes a new file with the next free number. */
  async write(text: string): Promise<void> {
    for (;;) {
      this.#count++
      const file = await open(`${this.#prefix}-${this.#count}.jsonl`, 'wx', ownerOnly).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined
        throw error
      })
      if (!file) continue
      try {
        return await file.writeFile(text)
      } finally {
        await file.close()
      }
    }
  }
}

/** Creates a folder and its parents. `mkdir` with `recursive` never returns for a folder below `/proc`. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return
    const parent = path.dirname(folder)
    if (code !== 'ENOENT' || parent === folder || (await exists(parent))) throw error
    await makeFolder(parent)
    await mkdir(folder)
  }
}

async function exists(folder: string): Promise<boolean> {
  return stat(folder).then(
    () => true,
    () => false,
  )
}

function reasonOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error)
}
