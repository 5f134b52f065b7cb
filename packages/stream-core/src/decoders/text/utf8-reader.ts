import { characterLength, incompleteTail, isContinuation } from './incomplete-tail.ts'
import { validUtf8Length } from './valid-utf8-length.ts'

const byteOrderMark = 0xfeff

/**
 * Decodes UTF-8 chunk by chunk, carries a character that is cut over to the next chunk, and maps places in the latest text to
 * byte offsets of the input.
 *
 * It calls `TextDecoder` without `stream`: the streaming mode is two to three times slower in Node, and keeps bytes after a
 * malformed tail.
 */
export class Utf8Reader {
  readonly #decoder: TextDecoder
  /** The first bytes of a character that was cut. */
  readonly #carry: Uint8Array = new Uint8Array(4)
  #carried = 0
  #atStart = true
  #chunk: Uint8Array = new Uint8Array(0)
  /** Byte offset of `#chunk` in the input. */
  #chunkOffset = 0
  #text = ''
  /** Where `#text` starts, in bytes from the start of `#chunk`: negative with a carried character, 3 after a byte order mark. */
  #textStart = 0
  /** Input from the first malformed byte on. */
  #malformed: Uint8Array | undefined

  constructor(fatal: boolean) {
    // The byte order mark is removed here, at the start of the input. TextDecoder would do so at the start of each chunk.
    this.#decoder = new TextDecoder('utf-8', { fatal, ignoreBOM: true })
  }

  /** True once the input turns out not to be UTF-8, if that is fatal; the latest text is then the last. */
  get isMalformed(): boolean {
    return this.#malformed !== undefined
  }

  /** The bytes received that are in no text. */
  get undecoded(): Uint8Array {
    return this.#malformed ?? this.#carry.slice(0, this.#carried)
  }

  /** Byte offset in the input of the end of the latest text. */
  get endOffset(): number {
    return this.#chunkOffset + this.#chunk.length - this.#carried
  }

  /** The text of all characters that `chunk` completes, up to malformed bytes if these are fatal. */
  decode(chunk: Uint8Array): string {
    const carried = this.#carried
    this.#chunkOffset += this.#chunk.length
    this.#chunk = chunk
    this.#textStart = -carried
    try {
      this.#text = carried === 0 ? this.#decodeBody(chunk, 0) : this.#decodeCut(chunk)
    } catch {
      this.#text = this.#decodeValidPart(carried, chunk)
    }
    if (this.#atStart && this.#text !== '') this.#removeByteOrderMark()
    return this.#text
  }

  /** The text of what is left at the end of the input: that of a cut character. */
  end(): string {
    const carried = this.#carried
    this.#chunkOffset += this.#chunk.length
    this.#chunk = this.#chunk.subarray(0, 0)
    this.#textStart = -carried
    try {
      this.#text = this.#decodeCarry()
    } catch {
      this.#text = this.#decodeValidPart(carried, this.#chunk)
    }
    return this.#text
  }

  /**
   * Byte offset in the input of the character at `index` of the latest text. That character or the one before it must be
   * ASCII: ASCII characters are the same in bytes and text even where malformed bytes are replaced, so they are what is counted.
   */
  offsetOf(index: number): number {
    const chunk = this.#chunk
    const text = this.#text
    if (index === 0) return this.#chunkOffset + this.#textStart
    if (text.length === chunk.length && this.#textStart === 0) return this.#chunkOffset + index
    let position = chunk.length
    for (let later = text.length - 1; later >= index; later--) {
      if (text.charCodeAt(later) < 0x80) position = previousAscii(chunk, position)
    }
    const isAscii = index < text.length && text.charCodeAt(index) < 0x80
    return this.#chunkOffset + (isAscii ? position : previousAscii(chunk, position) + 1)
  }

  #decodeBody(chunk: Uint8Array, start: number): string {
    const tail = incompleteTail(chunk)
    if (tail === 0) return this.#decoder.decode(start === 0 ? chunk : chunk.subarray(start))
    const end = chunk.length - tail
    const text = this.#decoder.decode(chunk.subarray(start, end))
    this.#carry.set(chunk.subarray(end))
    this.#carried = tail
    return text
  }

  #decodeCut(chunk: Uint8Array): string {
    const carry = this.#carry
    const length = characterLength(carry[0] as number)
    let start = 0
    while (this.#carried < length && start < chunk.length && isContinuation(chunk[start] as number)) {
      carry[this.#carried++] = chunk[start++] as number
    }
    if (this.#carried < length && start === chunk.length) return ''
    return this.#decodeCarry() + this.#decodeBody(chunk, start)
  }

  #decodeCarry(): string {
    const length = this.#carried
    this.#carried = 0
    return length === 0 ? '' : this.#decoder.decode(this.#carry.subarray(0, length))
  }

  #decodeValidPart(carried: number, chunk: Uint8Array): string {
    const bytes = new Uint8Array(carried + chunk.length)
    bytes.set(this.#carry.subarray(0, carried))
    bytes.set(chunk, carried)
    const length = validUtf8Length(bytes)
    this.#malformed = bytes.subarray(length)
    this.#carried = 0
    this.#chunkOffset -= carried
    this.#chunk = bytes.subarray(0, length)
    this.#textStart = 0
    return this.#decoder.decode(this.#chunk)
  }

  #removeByteOrderMark(): void {
    this.#atStart = false
    if (this.#text.charCodeAt(0) !== byteOrderMark) return
    this.#text = this.#text.slice(1)
    this.#textStart += 3
  }
}

/** The last place before `end` that holds an ASCII byte. */
function previousAscii(bytes: Uint8Array, end: number): number {
  let position = end - 1
  while ((bytes[position] as number) >= 0x80) position--
  return position
}
