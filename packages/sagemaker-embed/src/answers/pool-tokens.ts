import type { Pooling } from '../embedding-content-handler.ts'
import { AnswerError } from './answer-error.ts'
import { numberOf, numberVector } from './number-vector.ts'

/**
 * Makes one vector of a text's token vectors: the mean over all tokens, the first (`cls`) or the last.
 *
 * The mean counts every token that came, special ones too, each alike, and is summed in double precision. With a single
 * token all three agree, so that no `pooling` is needed.
 *
 * @throws {AnswerError} without `pooling` when there are several tokens; when they differ in width.
 */
export function poolTokens(tokens: readonly (readonly unknown[])[], pooling: Pooling | undefined): Float32Array {
  const first = tokens[0]
  const last = tokens.at(-1)
  if (first === undefined || last === undefined) throw new AnswerError('a text has no token vectors')
  if (tokens.length === 1) return numberVector(first)
  const width = tokens.find((token) => token.length !== first.length)?.length
  if (width !== undefined)
    throw new AnswerError(`token vectors of one text differ in width: ${first.length} and ${width}`)
  switch (pooling) {
    case 'cls':
      return numberVector(first)
    case 'last':
      return numberVector(last)
    case 'mean':
      return meanOf(tokens, first.length)
    case undefined:
      throw new AnswerError(
        `the container answers with one vector per token (${tokens.length} for one text): ` +
          "set the option `pooling` to 'mean', 'cls' or 'last', whichever the model was trained with",
      )
  }
}

function meanOf(tokens: readonly (readonly unknown[])[], width: number): Float32Array {
  const sums = new Float64Array(width)
  for (const token of tokens) {
    for (let index = 0; index < width; index += 1) sums[index] = (sums[index] as number) + numberOf(token[index])
  }
  return Float32Array.from(sums, (sum) => sum / tokens.length)
}
