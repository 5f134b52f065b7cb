import { randomUUID } from 'node:crypto'
import { mkdir, open, stat, unlink } from 'node:fs/promises'
import path from 'node:path'
import type { LocalEndpoint } from '../answers/local-endpoint.ts'
import { record } from '../capture/record.ts'
import { UsageError } from './usage-error.ts'

/** Prompts and answers are in a capture: nobody but the user of this process reads it. */
const ownerOnly = 0o600

/** The same endpoint, with each call recorded to `<name>-<number>.jsonl`, numbered after the files that are there already. */
export type Recorder = (name: string, model: LocalEndpoint) => LocalEndpoint

/**
 * Records the calls of endpoints to files in one folder. Makes the folder if it does not exist and writes a file to it once, so that a mistake shows at the start and not after the first call.
 * A capture that cannot be written later fails no call.
 *
 * @param print - Takes a line about a capture that could not be written.
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
    // The name of an endpoint may be anything, a file name may not.
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

  /** Writes a file that was not there before. */
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

/** Not `mkdir` with `recursive`: below a folder in which nothing can be made, such as `/proc`, Node.js never comes back from it. */
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
