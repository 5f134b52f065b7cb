import type { Pooling } from '../contract/embedding-content-handler.ts'
import { mean } from '../vectors/mean.ts'
import { AnswerError } from './answer-error.ts'

/**
 * Makes one vector of a text's token vectors: the mean over all tokens, the first (`cls`) or the last.
 *
 * The mean counts every token that came, special ones too, each alike, and is summed in double precision. With a single
 * token all three agree, so that no `pooling` is needed.
 *
 * @throws {AnswerError} without `pooling` when there are several tokens; when they differ in width.
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
