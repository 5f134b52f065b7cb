import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import type { CaptureHub } from './capture-hub.ts'
import { CapturedLineError } from './captured-line.ts'

const chunkBytes = 256 * 1024
const lineFeed = 0x0a

/** Longest line of a capture, in bytes: an answer of 25 MB in base64 is shorter. */
const maxLineBytes = 64 * 1024 * 1024

/** A file that programs append captures to. Each `read` gives the hub the lines that were completed since the last one. */
export class CaptureFile {
  readonly #path: string
  readonly #hub: CaptureHub
  readonly #onProblem: (problem: string) => void
  #inode: number | undefined
  #offset = 0
  /** Bytes of a line that is not complete. */
  #pending: Uint8Array[] = []
  #pendingBytes = 0
  /** Whether the rest of a line that is too long is left out. */
  #isSkipping = false
  #lines = 0
  /** Ids of calls in the hub by those in the file. Another file may have the same. */
  #callIds = new Map<string, string>()
  #isCapture = true
  #hasProblem = false

  /** @param onProblem - Called with the first problem of the file's content. */
  constructor(path: string, hub: CaptureHub, onProblem: (problem: string) => void) {
    this.#path = path
    this.#hub = hub
    this.#onProblem = onProblem
  }

  /** Reads what was appended. A file that is shorter than before, or another one, is read from its beginning. */
  async read(): Promise<void> {
    let file: FileHandle
    try {
      // Neither a link out of the folder nor a pipe that would block.
      file = await open(this.#path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    } catch {
      return this.end()
    }
    try {
      const stats = await file.stat()
      if (!stats.isFile()) return
      if (stats.ino !== this.#inode || stats.size < this.#offset) this.#restart(stats.ino)
      await this.#readAppended(file)
    } finally {
      await file.close()
    }
  }

  /** Ends the calls that the file has no end of. */
  end(): void {
    for (const id of this.#callIds.values()) this.#hub.endCut(id)
    this.#callIds.clear()
  }

  #restart(inode: number): void {
    this.end()
    this.#inode = inode
    this.#offset = 0
    this.#lines = 0
    this.#pending = []
    this.#pendingBytes = 0
    this.#isSkipping = false
    this.#isCapture = true
    this.#hasProblem = false
  }

  async #readAppended(file: FileHandle): Promise<void> {
    const buffer = Buffer.alloc(chunkBytes)
    while (this.#isCapture) {
      const { bytesRead } = await file.read(buffer, 0, chunkBytes, this.#offset)
      if (bytesRead === 0) return
      this.#offset += bytesRead
      this.#push(Buffer.from(buffer.subarray(0, bytesRead)))
    }
  }

  #push(bytes: Uint8Array): void {
    let start = 0
    for (let end = bytes.indexOf(lineFeed); end !== -1; end = bytes.indexOf(lineFeed, start)) {
      this.#add(bytes.subarray(start, end))
      this.#endLine()
      start = end + 1
    }
    this.#add(bytes.subarray(start))
  }

  #add(bytes: Uint8Array): void {
    if (this.#isSkipping) return
    this.#pending.push(bytes)
    this.#pendingBytes += bytes.length
    if (this.#pendingBytes <= maxLineBytes) return
    this.#isSkipping = true
    this.#pending = []
    this.#problem(`Line ${this.#lines + 1} is longer than ${maxLineBytes / 1024 / 1024} MiB and left out.`)
  }

  #endLine(): void {
    this.#lines++
    const line = Buffer.concat(this.#pending).toString('utf8')
    const wasSkipped = this.#isSkipping
    this.#pending = []
    this.#pendingBytes = 0
    this.#isSkipping = false
    if (wasSkipped || line.trim() === '' || !this.#isCapture) return
    try {
      this.#hub.postLine(line, this.#lines, 'program', this.#callIds)
    } catch (error) {
      if (!(error instanceof CapturedLineError)) throw error
      // What begins with another line is another file. Later lines are left out one by one.
      this.#isCapture = this.#lines > 1
      this.#problem(error.message)
    }
  }

  #problem(problem: string): void {
    if (!this.#hasProblem) this.#onProblem(problem)
    this.#hasProblem = true
  }
}
