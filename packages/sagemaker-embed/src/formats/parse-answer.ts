import { AnswerError } from './answer-error.ts'
import { VectorJsonParser } from './vector-json-parser.ts'
import type { VectorJson } from './vector-json-parser.ts'

/**
 * Parses the body of an answer; arrays of numbers come out as `Float32Array`s.
 *
 * @throws {AnswerError} when the bytes are not JSON.
 */
export function parseAnswer(bytes: Uint8Array): VectorJson {
  try {
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
