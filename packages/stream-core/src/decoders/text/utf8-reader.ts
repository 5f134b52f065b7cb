import { joinBytes } from '../../bytes/join-bytes.ts'
import { bytePosition, incompleteTail } from './utf8-boundaries.ts'
import { utf8Slice } from './utf8-slice.ts'

const lineFeed = 10
const carriageReturn = 13
const byteOrderMark = 0xfeff
/** What stands in a text for malformed bytes, however many. */
export const replacement = '\ufffd'

export const encoder: TextEncoder = /* @__PURE__ */ new TextEncoder()

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
  /** The bytes of the latest text. */
  bytes: Uint8Array = new Uint8Array(0)
  readonly #fatal: boolean
  readonly #decoder: TextDecoder
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
    this.#decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  }

  /** True once the input turns out not to be UTF-8, if that is fatal; the latest text is then the last. */
  get isMalformed(): boolean {
    return this.#malformed !== undefined
  }

  /** The bytes received that are in no text. */
  get undecoded(): Uint8Array {
    return this.#malformed ?? this.#held.slice(0, this.#heldLength)
  }

  /** How many bytes have been received that are in no text. */
  get heldLength(): number {
    return this.#heldLength
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

  /** Byte offset in the input of `text[index]`, for the latest text. For `index` see `bytePosition`. */
  offsetOf(index: number): number {
    return this.endOffset - this.bytes.length + bytePosition(this.text, this.bytes, index)
  }

  /** The bytes that are held, followed by `chunk`. */
  #join(chunk: Uint8Array): Uint8Array {
    const length = this.#heldLength
    const end = length + chunk.length
    this.#heldLength = 0
    if (end > capacity) return joinBytes([this.#held.subarray(0, length), chunk])
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
    this.bytes = whole
    this.text = decodeInNode === undefined ? this.#decoder.decode(whole) : decodeInNode.call(whole)
    if (this.#fatal && this.text.includes(replacement)) this.#cutAtMalformed(received)
    if (this.#atStart && this.text !== '') this.#removeByteOrderMark()
    return this.text
  }

  /** Ends the text before the first malformed byte, which is where the replacement differs from the input when it is encoded again. */
  #cutAtMalformed(received: Uint8Array): void {
    const { bytes } = this
    const replaced = encoder.encode(this.text)
    let length = 0
    while (length < bytes.length && replaced[length] === bytes[length]) length++
    if (length === bytes.length) return
    // The replacement may begin with bytes that a character begins with.
    length -= incompleteTail(bytes.subarray(0, length))
    this.#malformed = received.subarray(length)
    this.endOffset -= bytes.length - length
    this.bytes = bytes.subarray(0, length)
    this.text = this.#decoder.decode(this.bytes)
  }

  #removeByteOrderMark(): void {
    this.#atStart = false
    if (this.text.charCodeAt(0) !== byteOrderMark) return
    this.text = this.text.slice(1)
    this.bytes = this.bytes.subarray(3)
  }
}
