import type { RerankScoreKind } from '@x/bedrock-like-types'
import type { RerankAnswer, RerankCall } from '../contract/rerank-content-handler.ts'
import { findScores, type FoundScores, reportedTokens } from './found-scores.ts'
import { scoresInOrder } from './scores-in-order.ts'

/**
 * Reads the scores from an answer of any known container.
 *
 * @param kindOf - what the scores of a format are. Scores outside 0 to 1 are never called probabilities.
 * @throws {AnswerError} if there are no scores, or it is not certain which document a score belongs to
 */
export function readScores(
  body: unknown,
  { documents, topN }: RerankCall,
  kindOf: (found: FoundScores) => RerankScoreKind,
): RerankAnswer {
  const found = findScores(body)
  const scores = scoresInOrder(found, { count: documents.length, topN })
  const kind = kindOf(found)
  const isOutside = scores.some((score) => score !== null && (score < 0 || score > 1))
  return { scores, scoreKind: kind === 'probability' && isOutside ? 'unknown' : kind, tokens: reportedTokens(body) }
}
