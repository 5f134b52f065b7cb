import { AnswerError } from './answer-error.ts'

const utf8 = new TextDecoder('utf-8')

/** A JSON string, or what Python's `json` writes for a number that JSON does not have. */
const STRING_OR_NO_NUMBER = /"(?:[^"\\]|\\.)*"|NaN|-?Infinity/g

/**
 * Parses the body of an answer. `NaN` and `Infinity`, which Python containers write, are read as `null`, so that they
 * fail the text that they belong to instead of the whole answer.
 *
 * `JSON.parse` and a copy into `Float32Array`s was measured against a scanner of our own that writes single-precision
 * numbers straight from the bytes: the engine's parser is faster than anything written in JavaScript.
 *
 * @throws {AnswerError} when the bytes are not JSON.
 */
export function parseAnswer(bytes: Uint8Array): unknown {
  const text = utf8.decode(bytes)
  try {
    return JSON.parse(text)
  } catch {
    try {
      return JSON.parse(text.replaceAll(STRING_OR_NO_NUMBER, (found) => (found.startsWith('"') ? found : 'null')))
    } catch {
      // Without the parser's error as its cause: that one quotes the body, which may hold the caller's text.
      throw new AnswerError(`the answer is not JSON: ${describeText(text)}`)
    }
  }
}

function describeText(text: string): string {
  if (text.length === 0) return 'it is empty'
  if (/^\s*</.test(text)) return `it looks like HTML or XML, ${text.length} characters`
  return `${text.length} characters`
}
