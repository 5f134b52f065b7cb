import { hasWordAt, NumberScratch, scanNumberRow } from './scan-number-row.ts'

/**
 * A JSON value in which every array of numbers, if it is not empty, is a `Float32Array`. Inside of such an array `null`,
 * and the `NaN` and `Infinity` that Python writes, count as numbers.
 */
export type VectorJson =
  | string
  | number
  | boolean
  | null
  | Float32Array
  | readonly VectorJson[]
  | { readonly [member: string]: VectorJson }

/** Far above the four levels that containers send; keeps a hostile answer from exhausting the call stack. */
const MAX_DEPTH = 64

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const BACKSLASH = 0x5c
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/
const MAX_NUMBER_LENGTH = 400
const WORDS: readonly (readonly [word: string, value: boolean | number | null])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]

const utf8 = new TextDecoder('utf-8')
const ascii = new TextDecoder('latin1')

/**
 * Parses UTF-8 JSON and writes arrays of numbers straight into `Float32Array`s: there is never the text of the answer, a
 * double-precision copy of its vectors, or anything else for the garbage collector to clear away, which is what makes it
 * faster than `JSON.parse` and a copy.
 */
export class VectorJsonParser {
  readonly #bytes: Uint8Array
  readonly #scratch = new NumberScratch()
  #position = 0
  /** Offset of the first backslash from the last string on, so that the search for it is done once per backslash. */
  #nextBackslash = -1

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /**
   * The value of the whole document. Call it once. It takes what `JSON.parse` takes, and besides the numbers of Python
   * strings with line breaks and other control characters in them.
   *
   * @throws {SyntaxError} when the bytes are not one JSON document; the message has the byte offset and nothing of the content.
   */
  parse(): VectorJson {
    if (this.#bytes[0] === 0xef && this.#bytes[1] === 0xbb && this.#bytes[2] === 0xbf) this.#position = 3
    const value = this.#value(0)
    this.#skipSpace()
    if (this.#position < this.#bytes.length) throw this.#unexpected()
    return value
  }

  #value(depth: number): VectorJson {
    if (depth > MAX_DEPTH) throw new SyntaxError(`nested deeper than ${MAX_DEPTH} levels`)
    switch (this.#skipSpace()) {
      case OPEN_BRACKET:
        return this.#array(depth)
      case OPEN_BRACE:
        return this.#object(depth)
      case QUOTE:
        return this.#string()
      default:
        return this.#scalar()
    }
  }

  #object(depth: number): VectorJson {
    this.#position += 1
    if (this.#skipSpace() === CLOSE_BRACE) {
      this.#position += 1
      return {}
    }
    const entries: [string, VectorJson][] = []
    do {
      if (this.#skipSpace() !== QUOTE) throw this.#unexpected()
      const member = this.#string()
      if (this.#skipSpace() !== COLON) throw this.#unexpected()
      this.#position += 1
      entries.push([member, this.#value(depth + 1)])
    } while (this.#hasMore(CLOSE_BRACE))
    // Defines own members, so that one named `__proto__` stays data.
    return Object.fromEntries(entries)
  }

  #array(depth: number): VectorJson {
    this.#position += 1
    if (this.#skipSpace() === CLOSE_BRACKET) {
      this.#position += 1
      return []
    }
    const row = scanNumberRow(this.#bytes, this.#position, this.#scratch)
    if (row !== undefined) {
      this.#position = row.end
      return row.numbers
    }
    const values: VectorJson[] = []
    do values.push(this.#value(depth + 1))
    while (this.#hasMore(CLOSE_BRACKET))
    return values
  }

  /** A number outside of vectors, in double precision, or a word. */
  #scalar(): VectorJson {
    const word = WORDS.find(([text]) => hasWordAt(this.#bytes, this.#position, text))
    if (word !== undefined) {
      this.#position += word[0].length
      return word[1]
    }
    const ahead = ascii.decode(this.#bytes.subarray(this.#position, this.#position + MAX_NUMBER_LENGTH))
    const text = NUMBER.exec(ahead)?.[0]
    if (text === undefined) throw this.#unexpected()
    this.#position += text.length
    return Number(text)
  }

  #string(): string {
    const start = this.#position
    let end = this.#bytes.indexOf(QUOTE, start + 1)
    if (this.#nextBackslash < start) this.#nextBackslash = this.#backslashFrom(start)
    while (this.#nextBackslash < end) {
      // The byte after a backslash is part of the escape, also if it is a quote or another backslash.
      if (this.#nextBackslash + 1 === end) end = this.#bytes.indexOf(QUOTE, end + 1)
      this.#nextBackslash = this.#backslashFrom(this.#nextBackslash + 2)
    }
    if (end === -1) throw this.#truncated()
    this.#position = end + 1
    const text = this.#bytes.subarray(start, end + 1)
    if (text.includes(BACKSLASH)) return this.#unescaped(text)
    return utf8.decode(text.subarray(1, -1))
  }

  #unescaped(text: Uint8Array): string {
    try {
      return JSON.parse(utf8.decode(text)) as string
    } catch {
      throw this.#unexpected()
    }
  }

  #backslashFrom(offset: number): number {
    const index = this.#bytes.indexOf(BACKSLASH, offset)
    return index === -1 ? Number.POSITIVE_INFINITY : index
  }

  /** Moves past the comma or the closing bracket that must come next; says whether it was a comma. */
  #hasMore(close: number): boolean {
    const byte = this.#skipSpace()
    if (byte !== COMMA && byte !== close) throw this.#unexpected()
    this.#position += 1
    return byte === COMMA
  }

  /** Moves to the next byte that is not white space, and gives it; `undefined` at the end. */
  #skipSpace(): number | undefined {
    let byte = this.#bytes[this.#position]
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
      this.#position += 1
      byte = this.#bytes[this.#position]
    }
    return byte
  }

  #unexpected(): SyntaxError {
    if (this.#position >= this.#bytes.length) return this.#truncated()
    return new SyntaxError(`unexpected byte ${this.#position + 1} of ${this.#bytes.length}`)
  }

  #truncated(): SyntaxError {
    return new SyntaxError(`it ends too early, after ${this.#bytes.length} bytes`)
  }
}
