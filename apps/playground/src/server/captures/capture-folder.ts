import { watch } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { CaptureFile } from './capture-file.ts'
import type { CaptureHub } from './capture-hub.ts'

/** Network file systems report no changes, and others may lose some: the folder is read this often anyway, in milliseconds. */
const pollMs = 1000

/** Most files that are followed. */
const maxFiles = 1000

export interface CaptureFolderOptions {
  readonly folder: string
  readonly hub: CaptureHub
  /** Called with a sentence when a file is not, or not only, a capture. The name of the file in it is not escaped. */
  readonly onProblem: (problem: string) => void
}

/** A folder whose captures are shown. Disposing it ends that. */
export interface WatchedFolder extends AsyncDisposable {
  /** Reads what was written until now. */
  readonly read: () => Promise<void>
}

/**
 * Follows the files `*.jsonl` in a folder, which `captureTo` appends to: those that are there, and those to come. Subfolders and
 * links are left alone.
 *
 * @throws the system's error when the folder cannot be read.
 */
export async function watchCaptureFolder({ folder, hub, onProblem }: CaptureFolderOptions): Promise<WatchedFolder> {
  const files = new Map<string, CaptureFile>()
  const fileOf = (name: string): CaptureFile | undefined => {
    const known = files.get(name)
    if (known !== undefined || files.size >= maxFiles) return known
    const file = new CaptureFile(join(folder, name), hub, (problem) => onProblem(`${name}: ${problem}`))
    files.set(name, file)
    return file
  }
  const readAll = async (): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true })
    const names = new Set(
      entries.flatMap((entry) => (entry.isFile() && entry.name.endsWith('.jsonl') ? entry.name : [])),
    )
    for (const [name, file] of files) {
      if (names.has(name)) continue
      file.end()
      files.delete(name)
    }
    for (const name of [...names].toSorted()) await fileOf(name)?.read()
  }
  // One reading at a time; of any number of changes meanwhile, one more.
  let reading: Promise<void> = Promise.resolve()
  let isWaiting = false
  const read = (): Promise<void> => {
    if (isWaiting) return reading
    isWaiting = true
    reading = reading
      .then(() => {
        isWaiting = false
        return readAll()
      })
      .catch((error: NodeJS.ErrnoException) => {
        // The folder may come back.
        if (error.code === undefined) throw error
      })
    return reading
  }
  await readdir(folder)
  await read()
  const watcher = watch(folder, { persistent: false }, () => void read())
  // Polling goes on.
  watcher.on('error', () => watcher.close())
  const timer = setInterval(() => void read(), pollMs).unref()
  return {
    read,
    async [Symbol.asyncDispose]() {
      watcher.close()
      clearInterval(timer)
      await reading
    },
  }
}
