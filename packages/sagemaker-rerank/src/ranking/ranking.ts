import type { RankedDocument, RerankDocument, RerankOptions } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import type { RerankItem } from './score-codec.ts'

/**
 * Checks the arguments of a ranking.
 *
 * @throws {SagemakerError} `invalid-request` for an empty query, for something that is not a document, and for a `topN` or `minScore` that
 * is out of range
 */
export function checkRanking(query: unknown, documents: unknown, { topN, minScore }: RerankOptions): void {
  if (typeof query !== 'string' || query.trim() === '') throw invalid('the query is empty')
  if (!Array.isArray(documents)) throw invalid('documents is not an array')
  for (const [index, document] of documents.entries()) {
    const isDocument = typeof document === 'string' || (typeof document === 'object' && document !== null)
    if (!isDocument || Array.isArray(document))
      throw invalid(`document ${index} is neither a string nor an object`, index)
  }
  if (topN !== undefined && !(Number.isInteger(topN) && topN >= 1)) {
    throw invalid(`topN is ${topN}; it must be a whole number from 1`)
  }
  if (minScore !== undefined && Number.isNaN(minScore)) throw invalid('minScore is NaN')
}

/** The documents with a number, for the engine. */
export function rerankItems(documents: readonly (string | RerankDocument)[]): RerankItem[] {
  return documents.map((document, index) => ({ index, document }))
}

/** Ranks documents by their scores, best first; equal scores in the order of the documents. */
export function rankingOf<D extends string | RerankDocument>(
  documents: readonly D[],
  scores: readonly (number | null)[],
  { topN = Number.POSITIVE_INFINITY, minScore = Number.NEGATIVE_INFINITY }: Pick<RerankOptions, 'topN' | 'minScore'>,
): RankedDocument<D>[] {
  const ranked = documents.flatMap((document, index): RankedDocument<D>[] => {
    const score = scores[index]
    return typeof score === 'number' && score >= minScore ? [{ index, score, document }] : []
  })
  return ranked.sort((a, b) => b.score - a.score).slice(0, topN)
}

function invalid(reason: string, index?: number): SagemakerError {
  return new SagemakerError('invalid-request', `${reason}.`, { index })
}
