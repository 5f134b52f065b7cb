import type { DocumentType } from '@x/bedrock-like-types'

/** The arguments of a tool call, read from their JSON text. */
export interface ParsedToolInput {
  /** True when the text is not a JSON object. */
  readonly malformed: boolean
  /** The arguments. `{}` for an empty text and for `null`: a tool without parameters. `undefined` when malformed. */
  readonly input: DocumentType | undefined
}

/**
 * Reads the arguments of a tool call: an object. A string that holds one is read once more, as some models write it. An integer beyond
 * 2^53 loses its last digits, as in every `JSON.parse`; the text has them. Never throws.
 */
export function parseToolInput(text: string): ParsedToolInput {
  if (text.trim() === '') return { malformed: false, input: {} }
  const value = parsed(text)
  if (value === null) return { malformed: false, input: {} }
  const input = typeof value === 'string' ? parsed(value) : value
  const isObject = typeof input === 'object' && input !== null && !Array.isArray(input)
  return isObject ? { malformed: false, input } : { malformed: true, input: undefined }
}

function parsed(text: string): DocumentType | undefined {
  try {
    return JSON.parse(text) as DocumentType
  } catch {
    return undefined
  }
}

/**
 * Follows the text of one JSON value piece by piece and knows when it is complete, without reading any of it twice. Complete are
 * objects, arrays and strings: a number could go on. Whether the text is valid shows only when it is parsed.
 */
export class JsonTextScanner {
  #depth = 0
  #inString = false
  #escaped = false
  #state: 'before' | 'inside' | 'complete' | 'unbounded' = 'before'

  /** Whether the value is complete. */
  get isComplete(): boolean {
    return this.#state === 'complete'
  }

  /** Takes the next piece. Nothing but white space can follow a complete value: it is not complete any more then. */
  push(piece: string): void {
    for (let at = 0; at < piece.length && this.#state !== 'unbounded'; at++) this.#take(piece.charCodeAt(at))
  }

  #take(code: number): void {
    if (this.#inString) this.#takeOfString(code)
    else if (isSpace(code)) return
    else if (this.#state === 'complete') this.#state = 'unbounded'
    else if (code === quote) this.#inString = true
    else if (code === openBrace || code === openBracket) this.#depth++
    else if (code === closeBrace || code === closeBracket) this.#depth--
    else if (this.#state === 'before') this.#state = 'unbounded'
    if (this.#state === 'before') this.#state = 'inside'
    if (this.#state === 'inside' && this.#depth <= 0 && !this.#inString) this.#state = 'complete'
  }

  #takeOfString(code: number): void {
    if (this.#escaped) this.#escaped = false
    else if (code === backslash) this.#escaped = true
    else if (code === quote) this.#inString = false
  }
}

const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d]

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}
