import { AnswerError } from '@x/sagemaker-endpoint/model-kit'
import type { FoundScores } from './found-scores.ts'

/** What an answer has to hold. */
export interface ExpectedScores {
  /** The number of documents. */
  readonly count: number
  /** The number of best documents that were asked for; `undefined` for all. */
  readonly topN?: number | undefined
}

/**
 * Puts scores into the order of their documents: `null` for documents that were left out because of `topN`, `NaN` for a score that is
 * not a number.
 *
 * @throws {AnswerError} if it is not certain which score belongs to which document: an index is missing, doubled or out of range, or
 * the number of scores is wrong
 */
export function scoresInOrder({ indexed, positional }: FoundScores, expected: ExpectedScores): (number | null)[] {
  const { count } = expected
  if (indexed === undefined) {
    const scores = positional ?? []
    if (scores.length !== count) throw new AnswerError(`the answer has ${scores.length} scores for ${count} documents`)
    return scores.map(numberOf)
  }
  const wanted = Math.min(expected.topN ?? count, count)
  if (indexed.length !== wanted && indexed.length !== count) {
    throw new AnswerError(
      `the answer has ${indexed.length} scores for ${wanted === count ? '' : `${wanted} of `}${count} documents`,
    )
  }
  const scores: (number | null)[] = Array.from({ length: count }, () => null)
  for (const [index, score] of indexed) {
    if (typeof index !== 'number' || !Number.isInteger(index))
      throw new AnswerError('the answer has a score without an index')
    if (index < 0 || index >= count) throw new AnswerError(`the answer has a score for document ${index} of ${count}`)
    if (scores[index] !== null) throw new AnswerError(`the answer has two scores for document ${index}`)
    scores[index] = numberOf(score)
  }
  return scores
}

function numberOf(score: unknown): number {
  return typeof score === 'number' ? score : Number.NaN
}
