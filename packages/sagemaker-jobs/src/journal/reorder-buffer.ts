import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Column } from '../rows/column.ts'

/** Lines are stored at multiples of this many bytes, so that a place takes 4 bytes of memory. */
const blockBytes = 64

/**
 * Puts lines into the order of their numbers. Lines that come too early wait in memory, and beyond `maxBytes` in a temporary file that
 * only its owner can read.
 */
export class ReorderBuffer {
  readonly #maxBytes: number
  readonly #early = new Map<number, string>()
  /** Number of the first block of a line in the file, plus one. */
  readonly #blocks = new Column((length) => new Uint32Array(length))
  #bytes = 0
  #next = 0
  #spilled = 0
  #highest = -1
  #file: { readonly handle: FileHandle; readonly folder: string; blocks: number } | undefined

  constructor(maxBytes: number = 16 * 2 ** 20) {
    this.#maxBytes = maxBytes
  }

  /** Lines that wait in the file. */
  get spilled(): number {
    return this.#spilled
  }

  /** Adds a line; returns the lines whose turn it is now. A number is added once. */
  async push(index: number, line: string): Promise<readonly string[]> {
    if (index !== this.#next) {
      await this.#keep(index, line)
      return []
    }
    const lines = [line]
    this.#next++
    for (let next = await this.#take(this.#next); next !== undefined; next = await this.#take(this.#next)) {
      lines.push(next)
      this.#next++
    }
    return lines
  }

  /** Yields the lines that still wait, in order: numbers before them will not come. */
  async *rest(): AsyncGenerator<string, void, undefined> {
    for (; this.#next <= this.#highest; this.#next++) {
      const line = await this.#take(this.#next)
      if (line !== undefined) yield line
    }
  }

  /** Removes the file. */
  async close(): Promise<void> {
    const file = this.#file
    this.#file = undefined
    await file?.handle.close()
    if (file !== undefined) await rm(file.folder, { recursive: true, force: true })
  }

  async #keep(index: number, line: string): Promise<void> {
    this.#highest = Math.max(this.#highest, index)
    if (this.#bytes + line.length <= this.#maxBytes) {
      this.#early.set(index, line)
      this.#bytes += line.length
      return
    }
    this.#file ??= await createFile()
    const bytes = Buffer.from(`${line}\n`)
    await this.#file.handle.write(bytes, 0, bytes.length, this.#file.blocks * blockBytes)
    this.#blocks.set(index, this.#file.blocks + 1)
    this.#file.blocks += Math.ceil(bytes.length / blockBytes)
    this.#spilled++
  }

  async #take(index: number): Promise<string | undefined> {
    const line = this.#early.get(index)
    if (line !== undefined) {
      this.#early.delete(index)
      this.#bytes -= line.length
      return line
    }
    const block = this.#spilled === 0 ? 0 : this.#blocks.get(index)
    if (block === 0 || this.#file === undefined) return undefined
    this.#blocks.set(index, 0)
    this.#spilled--
    return readLine(this.#file.handle, (block - 1) * blockBytes)
  }
}

async function createFile(): Promise<{ handle: FileHandle; folder: string; blocks: number }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sagemaker-jobs-'))
  return { handle: await open(path.join(folder, 'early-results'), 'wx+', 0o600), folder, blocks: 0 }
}

async function readLine(handle: FileHandle, start: number): Promise<string> {
  const parts: Buffer[] = []
  for (let position = start; ;) {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(16_384), 0, 16_384, position)
    const part = buffer.subarray(0, bytesRead)
    const end = part.indexOf(0x0a)
    parts.push(end === -1 ? part : part.subarray(0, end))
    if (end !== -1 || bytesRead === 0) return Buffer.concat(parts).toString()
    position += bytesRead
  }
}
