import { AnswerError } from '@x/sagemaker-endpoint/model-kit'
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
const maxDepth = 64

const quote = 0x22
const comma = 0x2c
const colon = 0x3a
const backslash = 0x5c
const openBracket = 0x5b
const closeBracket = 0x5d
const openBrace = 0x7b
const closeBrace = 0x7d

const numberPattern = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/
const maxNumberLength = 400
const words: readonly (readonly [word: string, value: boolean | number | null])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]

const utf8 = new TextDecoder('utf-8')
const ascii = new TextDecoder('latin1')

/** Parsing is synchronous, so that all parsers can use the same room for a row, unless a long row has made it large. */
let sharedScratch = new NumberScratch()
const maxSharedNumbers = 65_536

/**
 * Parses the body of an answer; arrays of numbers come out as `Float32Array`s.
 *
 * @throws {AnswerError} when the bytes are not JSON.
 */
export function parseAnswer(bytes: Uint8Array): VectorJson {
  try {
    if (sharedScratch.numbers.length > maxSharedNumbers) sharedScratch = new NumberScratch()
    return new VectorJsonParser(bytes).parse()
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new AnswerError(`the answer is not JSON: ${describe(bytes) ?? error.message}`)
  }
}

function describe(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0) return 'it is empty'
  const beginning = new TextDecoder().decode(bytes.subarray(0, 100))
  return beginning.trimStart().startsWith('<') ? `it looks like HTML or XML, ${bytes.length} bytes` : undefined
}

/**
 * Parses UTF-8 JSON and writes arrays of numbers straight into `Float32Array`s: there is never the text of the answer, a
 * double-precision copy of its vectors, or anything else for the garbage collector to clear away, which is what makes it
 * faster than `JSON.parse` and a copy.
 */
export class VectorJsonParser {
  readonly #bytes: Uint8Array
  readonly #scratch = sharedScratch
  #position = 0
  /** Offset of the first backslash from the last string on, so that the search for it is done once per backslash. */
  #nextBackslash = -1

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /**
   * Returns the value of the whole document. Can be called once. Accepts what `JSON.parse` accepts, and in addition Python's `NaN`
   * and `Infinity`, and strings with unescaped line breaks and other control characters.
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
    if (depth > maxDepth) throw new SyntaxError(`nested deeper than ${maxDepth} levels`)
    switch (this.#skipSpace()) {
      case openBracket:
        return this.#array(depth)
      case openBrace:
        return this.#object(depth)
      case quote:
        return this.#string()
      default:
        return this.#scalar()
    }
  }

  #object(depth: number): VectorJson {
    this.#position++
    if (this.#skipSpace() === closeBrace) {
      this.#position++
      return {}
    }
    const entries: [string, VectorJson][] = []
    do {
      if (this.#skipSpace() !== quote) throw this.#unexpected()
      const member = this.#string()
      if (this.#skipSpace() !== colon) throw this.#unexpected()
      this.#position++
      entries.push([member, this.#value(depth + 1)])
    } while (this.#hasMore(closeBrace))
    // Defines own members, so that one named `__proto__` stays data.
    return Object.fromEntries(entries)
  }

  #array(depth: number): VectorJson {
    this.#position++
    if (this.#skipSpace() === closeBracket) {
      this.#position++
      return []
    }
    const row = scanNumberRow(this.#bytes, this.#position, this.#scratch)
    if (row !== undefined) {
      this.#position = row.end
      return row.numbers
    }
    const values: VectorJson[] = []
    do values.push(this.#value(depth + 1))
    while (this.#hasMore(closeBracket))
    return values
  }

  /** A number outside of vectors, in double precision, or a word. */
  #scalar(): VectorJson {
    const word = words.find(([text]) => hasWordAt(this.#bytes, this.#position, text))
    if (word !== undefined) {
      this.#position += word[0].length
      return word[1]
    }
    const ahead = ascii.decode(this.#bytes.subarray(this.#position, this.#position + maxNumberLength))
    const text = numberPattern.exec(ahead)?.[0]
    if (text === undefined) throw this.#unexpected()
    this.#position += text.length
    return Number(text)
  }

  #string(): string {
    const start = this.#position
    let end = this.#bytes.indexOf(quote, start + 1)
    if (this.#nextBackslash < start) this.#nextBackslash = this.#backslashFrom(start)
    while (this.#nextBackslash < end) {
      // The byte after a backslash is part of the escape, also if it is a quote or another backslash.
      if (this.#nextBackslash + 1 === end) end = this.#bytes.indexOf(quote, end + 1)
      this.#nextBackslash = this.#backslashFrom(this.#nextBackslash + 2)
    }
    if (end === -1) throw this.#truncated()
    this.#position = end + 1
    const text = this.#bytes.subarray(start, end + 1)
    if (text.includes(backslash)) return this.#unescaped(text)
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
    const index = this.#bytes.indexOf(backslash, offset)
    return index === -1 ? Number.POSITIVE_INFINITY : index
  }

  /** Moves past the comma or the closing bracket that must come next; says whether it was a comma. */
  #hasMore(close: number): boolean {
    const byte = this.#skipSpace()
    if (byte !== comma && byte !== close) throw this.#unexpected()
    this.#position++
    return byte === comma
  }

  /** Moves to the next byte that is not white space, and gives it; `undefined` at the end. */
  #skipSpace(): number | undefined {
    let byte = this.#bytes[this.#position]
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
      this.#position++
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
