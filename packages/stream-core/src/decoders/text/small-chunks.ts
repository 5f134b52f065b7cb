const lineFeed = 10
const carriageReturn = 13

/** One call of the platform's decoder costs more than copying this many bytes. */
const smallLength = 32
const capacity = 512

/** Gathers small chunks that end no line, so that they are decoded together. */
export class SmallChunks {
  readonly #bytes: Uint8Array = new Uint8Array(capacity)
  readonly #returnEndsLine: boolean
  #length = 0

  constructor(returnEndsLine: boolean) {
    this.#returnEndsLine = returnEndsLine
  }

  get isEmpty(): boolean {
    return this.#length === 0
  }

  /** Whether `add` may be called with this chunk. */
  hasRoomFor(chunk: Uint8Array): boolean {
    return chunk.length <= smallLength && this.#length + chunk.length <= capacity
  }

  /** Adds a chunk, and returns whether it ends a line. */
  add(chunk: Uint8Array): boolean {
    const bytes = this.#bytes
    let length = this.#length
    let endsLine = false
    for (let index = 0; index < chunk.length; index++) {
      const byte = chunk[index] as number
      bytes[length++] = byte
      if (byte === lineFeed || (byte === carriageReturn && this.#returnEndsLine)) endsLine = true
    }
    this.#length = length
    return endsLine
  }

  /** All that was added since the last call: to be used before more is added. */
  take(): Uint8Array {
    const bytes = this.#bytes.subarray(0, this.#length)
    this.#length = 0
    return bytes
  }
}
