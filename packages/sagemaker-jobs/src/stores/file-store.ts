import { type FileHandle, mkdir, open, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { JobLog, JobStore, LogChunk } from '../contract/job-store.ts'
import { isNotFound } from './file-error.ts'
import { isFileLocked, takeFileLock } from './file-lock.ts'

const chunkBytes = 2 ** 20

/**
 * Keeps a job in a folder: `job.json`, `requests.jsonl`, `results.jsonl`, and `lock` while a process works on it. Files can be read by
 * their owner only. A power failure loses nothing that was reported as durable: lines are flushed to the disk, all that came in during
 * a flush with the next one.
 *
 * @param folder - created when the job is started
 */
export function fileStore(folder: string): JobStore {
  return new FileStore(path.resolve(folder))
}

class FileStore implements JobStore {
  readonly location: string
  readonly #handles = new Map<JobLog, Promise<FileHandle>>()

  constructor(folder: string) {
    this.location = folder
  }

  async readDescription(): Promise<string | undefined> {
    try {
      return await readFile(this.#file('job.json'), 'utf8')
    } catch (error) {
      if (isNotFound(error)) return undefined
      throw error
    }
  }

  async createDescription(text: string): Promise<boolean> {
    if ((await this.readDescription()) !== undefined) return false
    const handle = await open(this.#file('job.json'), 'wx', 0o600)
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    return true
  }

  async lock(): Promise<{ lost: AbortSignal; release(): Promise<void> }> {
    await mkdir(this.location, { recursive: true, mode: 0o700 })
    const lock = await takeFileLock(this.#file('lock'), this.location)
    return {
      lost: lock.lost,
      release: async () => {
        await this.#closeFiles()
        await lock.release()
      },
    }
  }

  isLocked(): Promise<boolean> {
    return isFileLocked(this.#file('lock'))
  }

  async append(log: JobLog, lines: string): Promise<void> {
    const opening = this.#handles.get(log) ?? openForAppending(this.#file(`${log}.jsonl`))
    this.#handles.set(log, opening)
    const handle = await opening
    await handle.appendFile(lines)
    await handle.datasync()
  }

  async *read(log: JobLog, position = '0'): AsyncGenerator<LogChunk, void, undefined> {
    const handle = await open(this.#file(`${log}.jsonl`), 'r').catch((error: unknown) => {
      if (isNotFound(error)) return undefined
      throw error
    })
    if (handle === undefined) return
    try {
      for (let offset = Number(position); ;) {
        const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, offset)
        if (bytesRead === 0) return
        offset += bytesRead
        yield { bytes: buffer.subarray(0, bytesRead), position: String(offset) }
      }
    } finally {
      await handle.close()
    }
  }

  #file(name: string): string {
    return path.join(this.location, name)
  }

  async #closeFiles(): Promise<void> {
    const handles = [...this.#handles.values()]
    this.#handles.clear()
    for (const opening of handles) await (await opening.catch(() => undefined))?.close()
  }
}

/** Opens a log and removes a last line that a crash has torn. */
async function openForAppending(file: string): Promise<FileHandle> {
  const handle = await open(file, 'a+', 0o600)
  const { size } = await handle.stat()
  const end = await endOfLines(handle, size)
  if (end < size) await handle.truncate(end)
  return handle
}

/** The position after the last newline. */
async function endOfLines(handle: FileHandle, size: number): Promise<number> {
  for (let end = size; end > 0;) {
    const start = Math.max(0, end - 65_536)
    const { buffer } = await handle.read(Buffer.alloc(end - start), 0, end - start, start)
    const newline = buffer.lastIndexOf(0x0a)
    if (newline !== -1) return start + newline + 1
    end = start
  }
  return 0
}
