import { ByteOffsets } from './byte-offsets.ts'

/** A part of a line in which malformed bytes may have been replaced. */
interface ReplacedPart {
  /** Where in the line it starts, and where it ends. */
  readonly start: number
  readonly end: number
  readonly byteLength: number
  readonly offsets: ByteOffsets
}

/**
 * Finds the byte offsets of places in the start of a line that came in earlier texts, the bytes of which are gone. The bytes are kept
 * only of the parts in which malformed bytes may have been replaced. Asking for many places in their order costs no more than one
 * pass.
 */
export class LineOffsets {
  readonly #lineOffset: number
  readonly #replaced: ReplacedPart[] = []
  /** How many of these parts end before the place that was asked for last. */
  #passed = 0
  /** The place that was asked for last, or the start of the part that it is in: an index of the line, and its offset. */
  #index = 0
  #offset: number

  /** @param lineOffset - offset of the line in the input */
  constructor(lineOffset: number) {
    this.#lineOffset = lineOffset
    this.#offset = lineOffset
  }

  /** A part of the line, from `start` on, with the bytes that it was decoded from. */
  addReplaced(start: number, text: string, bytes: Uint8Array): void {
    const offsets = new ByteOffsets()
    offsets.start(text, bytes)
    this.#replaced.push({ start, end: start + text.length, byteLength: bytes.length, offsets })
  }

  /** Offset in the input of `line[index]`. For `index` see {@link ByteOffsets}. */
  offsetOf(line: string, index: number): number {
    if (index < this.#index) {
      this.#passed = 0
      this.#index = 0
      this.#offset = this.#lineOffset
    }
    for (;;) {
      const part = this.#replaced[this.#passed]
      if (part === undefined || index <= part.start) break
      this.#goOn(line, part.start)
      if (index < part.end) return this.#offset + part.offsets.offsetOf(index - part.start)
      this.#passed++
      this.#index = part.end
      this.#offset += part.byteLength
    }
    this.#goOn(line, index)
    return this.#offset
  }

  #goOn(line: string, index: number): void {
    for (let next = this.#index; next < index; next++) this.#offset += utf8Length(line.charCodeAt(next))
    this.#index = index
  }
}

/** How many bytes of UTF-8 a UTF-16 unit accounts for, in text without lone surrogates. */
function utf8Length(unit: number): number {
  if (unit < 0x80) return 1
  const isSurrogate = unit >= 0xd800 && unit <= 0xdfff
  return unit < 0x800 || isSurrogate ? 2 : 3
}
