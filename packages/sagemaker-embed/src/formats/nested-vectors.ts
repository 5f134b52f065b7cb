import type { EmbeddingVector } from '@x/bedrock-like-types'
import { AnswerError, describeShape, isJsonObject } from '@x/sagemaker-endpoint/model-kit'
import type { EmbeddingCall, Pooling } from '../contract/embedding-content-handler.ts'
import { mean } from '../vectors/mean.ts'
import { base64Vector } from './base64-vector.ts'
import { elementEncoding } from './element-type.ts'

/**
 * Reads vectors from nested arrays of numbers, by their depth:
 *
 * - `[f]`: the vector of the only text;
 * - `[[f]]`: one vector per text;
 * - `[[[f]]]`: one list of token vectors per text, pooled;
 * - `[[[[f]]]]`: the same with every text's list in its own list.
 *
 * `null` and `[]` in the place of a vector are a text without one.
 *
 * @throws {AnswerError} if the value is anything else.
 */
export function nestedVectors(value: unknown, call: EmbeddingCall): (EmbeddingVector | undefined)[] {
  if (value instanceof Float32Array) return [value]
  if (!Array.isArray(value)) throw new AnswerError(`expected vectors, got ${describeShape(value)}`)
  return value.map((item) => vectorOf(item, call))
}

/**
 * Reads what a container sends for one input: a vector, a vector in base64, or token vectors, pooled; `undefined` for `null`,
 * `[]` and an error in place of a vector.
 *
 * @throws {AnswerError} if the value is anything else.
 */
export function vectorOf(value: unknown, call: EmbeddingCall): EmbeddingVector | undefined {
  if (value instanceof Float32Array) return value
  if (isAbsent(value)) return undefined
  if (typeof value === 'string') return base64Vector(value, elementEncoding(call))
  const tokens = tokenVectorsIn(value)
  if (tokens !== undefined) return poolTokens(tokens, call.pooling)
  throw new AnswerError(`expected the vector of a text, got ${describeShape(value)}`)
}

/** Whether a value stands for a vector that the container does not have: `null`, `[]`, or its error in place of it. */
export function isAbsent(value: unknown): boolean {
  if (value === null || (Array.isArray(value) && value.length === 0)) return true
  return isJsonObject(value) && value['error'] !== undefined && value['error'] !== null
}

/** The token vectors of one text; they may be wrapped in a list of one, as the Hugging Face toolkit sends them. */
export function tokenVectorsIn(value: unknown): readonly Float32Array[] | undefined {
  if (isVectorList(value)) return value
  return Array.isArray(value) && value.length === 1 && isVectorList(value[0]) ? value[0] : undefined
}

function isVectorList(value: unknown): value is readonly Float32Array[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => item instanceof Float32Array)
}

/**
 * Makes one vector of a text's token vectors: the mean over all tokens, the first (`cls`) or the last.
 *
 * The mean counts every token that came, special ones too, each alike, and is summed in double precision. With a single
 * token all three agree, so that no `pooling` is needed.
 *
 * @throws {AnswerError} without `pooling` if there are several tokens; if they differ in width.
 */
export function poolTokens(tokens: readonly Float32Array[], pooling: Pooling | undefined): Float32Array {
  const first = tokens[0]
  const last = tokens.at(-1)
  if (first === undefined || last === undefined) throw new AnswerError('a text has no token vectors')
  if (tokens.length === 1) return first
  const other = tokens.find((token) => token.length !== first.length)
  if (other !== undefined) {
    throw new AnswerError(`token vectors of one text differ in width: ${first.length} and ${other.length}`)
  }
  switch (pooling) {
    case 'cls':
      return first
    case 'last':
      return last
    case 'mean':
      return mean(tokens)
    case undefined:
      throw new AnswerError(
        `the container answers with one vector per token (${tokens.length} for one text): ` +
          "set the option `pooling` to 'mean', 'cls' or 'last', whichever the model was trained with",
      )
  }
}
