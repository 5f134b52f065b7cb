import { enumKeys, eventFields, keptBareWords, keptKeys, keptValues, markup, textNumberKeys } from './kept-words.ts'

const encoder = new TextEncoder()

/** A string, a number or a word of the input. Every other character is punctuation, and stays. */
const token = /"(?:[^"\\]|\\[^])*(?:"|$)|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[\p{L}\p{M}\p{N}_]+/gu

/** What follows the name of a member. */
const nameEnd = /\s*:/y

/**
 * Replaces all text in the body of a request or of a response, whatever its format: server-sent events, JSON, JSON lines, plain text
 * or HTML. Kept are the length in bytes, the width of every character in UTF-8, the structure of JSON, and the words that belong to the
 * formats of containers rather than to what they say. Numbers that stand for text (token ids, vectors) are replaced, too. What replaces a
 * character depends on its position and its width only, so that nothing can be computed back. Bytes that are not UTF-8 stay.
 */
export function scrubBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const scrubbed = Uint8Array.from(bytes)
  // Split where bytes are not UTF-8, which a decoder would not give back.
  for (const [start, end] of validRanges(bytes)) {
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(start, end))
    scrubbed.set(encoder.encode(scrubText(text)), start)
  }
  return scrubbed
}

/** As `scrubBytes`, for text. */
export function scrubText(text: string): string {
  return new Scrubber(text).scrub()
}

class Scrubber {
  readonly #text: string
  /** Brackets that are open. */
  #open: string[] = []
  /** Name of the member whose value comes next. */
  #key = ''
  #unknownKeys = 0

  constructor(text: string) {
    this.#text = text
  }

  scrub(): string {
    let end = 0
    let result = ''
    for (const match of this.#text.matchAll(token)) {
      const between = this.#text.slice(end, match.index)
      this.#trackBrackets(between)
      result += between + this.#scrubToken(match[0], match.index)
      end = match.index + match[0].length
    }
    return result + this.#text.slice(end)
  }

  #trackBrackets(text: string): void {
    for (const character of text) {
      if (character === '{' || character === '[') this.#open.push(character)
      else if (character === '}' || character === ']') this.#open.pop()
    }
  }

  #scrubToken(word: string, index: number): string {
    if (word.startsWith('"')) return this.#scrubString(word, index)
    if (/^-?\d/.test(word)) return this.#isTextNumber() ? otherNumber(word, index) : word
    if (keptBareWords.has(word) || this.#isEventField(word, index)) return word
    return replaced(word, index)
  }

  #scrubString(literal: string, index: number): string {
    const isClosed = literal.length > 1 && literal.endsWith('"')
    const content = literal.slice(1, isClosed ? -1 : undefined)
    nameEnd.lastIndex = index + literal.length
    const isKey = isClosed && nameEnd.test(this.#text) && this.#open.at(-1) !== '['
    const close = isClosed ? '"' : ''
    if (isKey) {
      this.#key = content
      return keptKeys.has(content) ? literal : `"${replacedKey(content, this.#unknownKeys++)}"`
    }
    if (enumKeys.has(this.#key) && keptValues.has(content)) return literal
    return `"${replacedContent(content, index + 1)}${close}`
  }

  /** A number in a list, as in a vector or in a list of token ids, or the id of a token. */
  #isTextNumber(): boolean {
    return this.#open.at(-1) === '[' || textNumberKeys.has(this.#key)
  }

  #isEventField(word: string, index: number): boolean {
    if (!eventFields.has(word) || this.#text[index + word.length] !== ':') return false
    return index === 0 || /[\r\n]/.test(this.#text[index - 1] ?? '')
  }
}

/** Content of a string: escape sequences stay escape sequences, and markup of models stays. */
function replacedContent(content: string, index: number): string {
  let result = ''
  let end = 0
  for (const match of content.matchAll(markup)) {
    result += replacedEscaped(content.slice(end, match.index), index + end) + match[0]
    end = match.index + match[0].length
  }
  return result + replacedEscaped(content.slice(end), index + end)
}

const escape = /\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|\\u[\da-fA-F]{4}|\\[^]/g

function replacedEscaped(content: string, index: number): string {
  let result = ''
  let end = 0
  for (const match of content.matchAll(escape)) {
    result += replaced(content.slice(end, match.index), index + end) + replacedEscape(match[0])
    end = match.index + match[0].length
  }
  return result + replaced(content.slice(end), index + end)
}

/** Escaped characters become others of the same width in UTF-8; control characters and punctuation stay. */
function replacedEscape(sequence: string): string {
  if (!sequence.startsWith(String.raw`\u`)) return sequence
  if (sequence.length > 6) return String.raw`\ud83d\ude00`
  const code = Number.parseInt(sequence.slice(2), 16)
  if (code >= 0xd800 && code < 0xe000) return sequence
  if (code < 0x80) return /[\p{L}\p{N}]/u.test(String.fromCharCode(code)) ? String.raw`\u0078` : sequence
  return code < 0x800 ? String.raw`\u0101` : String.raw`\u4e16`
}

/** Letters and digits become others; white space and punctuation of ASCII stay. */
function replaced(text: string, index: number): string {
  let position = index
  let result = ''
  for (const character of text) result += replacement(character, position++)
  return result
}

/** The names of one object stay different from each other, as far as their length allows. */
function replacedKey(key: string, count: number): string {
  let position = 0
  return replacedEscaped(key, 0).replace(/[xyz\u0080-\u{10FFFF}]/u, (character) =>
    position++ === 0 ? replacement(character, count, 'abcdefghijklmnopqrstuvw') : character,
  )
}

function replacement(character: string, position: number, letters = 'xyz'): string {
  const code = character.codePointAt(0) ?? 0
  if (code >= 0x1_00_00) return String.fromCodePoint(0x1_f6_00 + (position % 64))
  if (code >= 0xd800 && code < 0xe000) return character
  if (code >= 0x800) return code === 0xfeff ? character : String.fromCharCode(0x4e00 + (position % 1024))
  if (code >= 0x80) return String.fromCharCode(0x100 + (position % 128))
  if (/\d/.test(character)) return '0'
  return /[A-Za-z]/.test(character) ? (letters[position % letters.length] ?? 'x') : character
}

/** A number of the same length and form. */
function otherNumber(text: string, index: number): string {
  const exponent = text.search(/[eE]/)
  const mantissa = exponent === -1 ? text : text.slice(0, exponent)
  let position = index
  const digits = mantissa.replaceAll(/\d/g, (digit, at: number) =>
    // No leading zero comes in, and none goes.
    digit === '0' && /^-?$/.test(mantissa.slice(0, at)) ? '0' : String(1 + (position++ % 9)),
  )
  return digits + text.slice(mantissa.length)
}

/** Ranges of valid UTF-8. */
function validRanges(bytes: Uint8Array): (readonly [start: number, end: number])[] {
  const ranges: (readonly [number, number])[] = []
  let start = 0
  let at = 0
  while (at < bytes.length) {
    const length = validLength(bytes, at)
    if (length === 0) {
      if (at > start) ranges.push([start, at])
      start = at + 1
    }
    at += Math.max(1, length)
  }
  if (at > start) ranges.push([start, at])
  return ranges
}

/** Bytes of the character at an offset; 0 where there is none. */
function validLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0
  if (first < 0x80) return 1
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0
  if (length === 0 || at + length > bytes.length) return 0
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(at, at + length))
    return length
  } catch {
    return 0
  }
}
