import { concat } from '../concat.ts'
import { incompleteTail } from './incomplete-tail.ts'
import { utf8Slice } from './utf8-slice.ts'
import { validUtf8Length } from './valid-utf8-length.ts'

const lineFeed = 10
const carriageReturn = 13
const byteOrderMark = 0xfeff

/** V8 calls a constant of the same module faster than an imported one: by a twentieth of what an event in its own chunk costs. */
const decodeInNode = utf8Slice

/** Up to this length `gather` may be called: decoding costs more per call than copying this many bytes. */
export const smallLength = 32
const capacity = 512

/**
 * Decodes UTF-8 chunk by chunk, carries a character that is cut over to the next chunk, and maps places in the latest text to
 * byte offsets of the input.
 *
 * It calls `TextDecoder` without `stream`: the streaming mode is two to three times slower in Node, and keeps bytes after a
 * malformed tail.
 */
export class Utf8Reader {
  /** The latest text. */
  text = ''
  /** Byte offset in the input of the end of the latest text. */
  endOffset = 0
  readonly #fatal: boolean
  readonly #decoder: TextDecoder
  /** The bytes of the latest text. */
  #bytes: Uint8Array = new Uint8Array(0)
  /** Bytes that are in no text yet: small chunks, and the start of a character that was cut. */
  #held: Uint8Array = new Uint8Array(capacity)
  #heldLength = 0
  /** Changes places with `#held`, which may hold the bytes of the latest text. */
  #spare: Uint8Array = new Uint8Array(capacity)
  #atStart = true
  /** Input from the first malformed byte on. */
  #malformed: Uint8Array | undefined

  constructor(fatal: boolean) {
    // The byte order mark is removed here, at the start of the input. TextDecoder would do so at the start of each chunk.
    this.#fatal = fatal
    this.#decoder = new TextDecoder('utf-8', { fatal, ignoreBOM: true })
  }

  /** True once the input turns out not to be UTF-8, if that is fatal; the latest text is then the last. */
  get isMalformed(): boolean {
    return this.#malformed !== undefined
  }

  /** The bytes received that are in no text. */
  get undecoded(): Uint8Array {
    return this.#malformed ?? this.#held.slice(0, this.#heldLength)
  }

  /** Holds a small chunk that ends no line, to be decoded together with what follows it. Returns whether it has. */
  gather(chunk: Uint8Array, returnEndsLine: boolean): boolean {
    const held = this.#held
    let length = this.#heldLength
    if (length + chunk.length > capacity) return false
    for (let index = 0; index < chunk.length; index++) {
      const byte = chunk[index] as number
      if (byte === lineFeed || (byte === carriageReturn && returnEndsLine)) return false
      held[length++] = byte
    }
    this.#heldLength = length
    return true
  }

  /** The text of all characters that `chunk` completes, up to malformed bytes if these are fatal. */
  decode(chunk: Uint8Array): string {
    const bytes = this.#heldLength === 0 ? chunk : this.#join(chunk)
    const tail = incompleteTail(bytes)
    return tail === 0 ? this.#decode(bytes, bytes) : this.#decodeCut(bytes, bytes.length - tail)
  }

  /** The text of what is left at the end of the input. */
  end(): string {
    const bytes = this.#join(new Uint8Array(0))
    return this.#decode(bytes, bytes)
  }

  /**
   * Byte offset in the input of the character at `index` of the latest text. That character or the one before it must be
   * ASCII: ASCII characters are the same in bytes and text even where malformed bytes are replaced, so they are what is counted.
   */
  offsetOf(index: number): number {
    const { text } = this
    const bytes = this.#bytes
    const offset = this.endOffset - bytes.length
    if (index === 0 || text.length === bytes.length) return offset + index
    let position = bytes.length
    for (let later = text.length - 1; later >= index; later--) {
      if (text.charCodeAt(later) < 0x80) position = previousAscii(bytes, position)
    }
    const isAscii = index < text.length && text.charCodeAt(index) < 0x80
    return offset + (isAscii ? position : previousAscii(bytes, position) + 1)
  }

  /** The bytes that are held, followed by `chunk`. */
  #join(chunk: Uint8Array): Uint8Array {
    const length = this.#heldLength
    const end = length + chunk.length
    this.#heldLength = 0
    if (end > capacity) return concat([this.#held.subarray(0, length), chunk])
    this.#held.set(chunk, length)
    return this.#held.subarray(0, end)
  }

  #decodeCut(bytes: Uint8Array, end: number): string {
    const text = this.#decode(bytes.subarray(0, end), bytes)
    // Not in the same place: what is held next must not overwrite the bytes of this text.
    const held = this.#spare
    this.#spare = this.#held
    this.#held = held
    held.set(bytes.subarray(end))
    this.#heldLength = bytes.length - end
    return text
  }

  /** Decodes `whole`, which `received` starts with. */
  #decode(whole: Uint8Array, received: Uint8Array): string {
    this.endOffset += whole.length
    this.#bytes = whole
    try {
      this.text = this.#fatal || decodeInNode === undefined ? this.#decoder.decode(whole) : decodeInNode.call(whole)
    } catch {
      const length = validUtf8Length(received)
      this.#malformed = received.subarray(length)
      this.#bytes = received.subarray(0, length)
      this.endOffset += length - whole.length
      this.text = this.#decoder.decode(this.#bytes)
    }
    if (this.#atStart && this.text !== '') this.#removeByteOrderMark()
    return this.text
  }

  #removeByteOrderMark(): void {
    this.#atStart = false
    if (this.text.charCodeAt(0) !== byteOrderMark) return
    this.text = this.text.slice(1)
    this.#bytes = this.#bytes.subarray(3)
  }
}

/** The last place before `end` that holds an ASCII byte. */
function previousAscii(bytes: Uint8Array, end: number): number {
  let position = end - 1
  while ((bytes[position] as number) >= 0x80) position--
  return position
}
