import type { RunEventOf } from '../../protocol/run-event.ts'

type Ranking = Pick<RunEventOf<'ranking'>, 'ranking' | 'scoreKind'>

/** A document in the order of the ranking. */
interface RankedRow {
  /** Position in the request, from 0. */
  readonly index: number
  readonly score: number
  readonly document: string
  /** Places that the document moved up; negative for down. */
  readonly movedUp: number
  /** Length of the bar, from 0 to 1. */
  readonly share: number
}

/**
 * The rows of a ranking. The bar of a probability is that probability. Other scores have no bounds: their bars span the lowest to the
 * highest score, or from 0 where no score is negative.
 */
export function rankedRows(documents: readonly string[], { ranking, scoreKind }: Ranking): readonly RankedRow[] {
  const scores = ranking.map(({ score }) => score)
  const isProbability = scoreKind === 'probability'
  const low = isProbability ? 0 : Math.min(0, ...scores)
  const high = isProbability ? 1 : Math.max(...scores)
  return ranking.map(({ index, score }, rank) => ({
    index,
    score,
    document: documents[index] ?? '',
    movedUp: index - rank,
    share: high > low ? Math.min(1, Math.max(0, (score - low) / (high - low))) : 0,
  }))
}
