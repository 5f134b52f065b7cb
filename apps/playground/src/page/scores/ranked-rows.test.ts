import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rankedRows } from './ranked-rows.ts'

const documents = ['a', 'b', 'c']

describe('rows of a ranking', () => {
  it('tell how far each document moved', () => {
    const ranking = [
      { index: 2, score: 0.9 },
      { index: 0, score: 0.4 },
      { index: 1, score: 0 },
    ]
    expect(rankedRows(documents, { ranking, scoreKind: 'probability' })).toEqual([
      { index: 2, score: 0.9, document: 'c', movedUp: 2, share: 0.9 },
      { index: 0, score: 0.4, document: 'a', movedUp: -1, share: 0.4 },
      { index: 1, score: 0, document: 'b', movedUp: -1, share: 0 },
    ])
  })

  it('draw logits between the lowest and the highest', () => {
    const ranking = [
      { index: 0, score: 3 },
      { index: 1, score: -1 },
    ]
    expect(rankedRows(documents, { ranking, scoreKind: 'logit' }).map(({ share }) => share)).toEqual([1, 0])
  })

  it('have bars from 0 to 1 that never contradict the order', () => {
    const scores = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }))
    fc.assert(
      fc.property(scores, fc.constantFrom('probability', 'logit', 'unknown'), (values, scoreKind) => {
        const ranking = values.toSorted((a, b) => b - a).map((score, index) => ({ index, score }))
        const shares = rankedRows([], { ranking, scoreKind }).map(({ share }) => share)
        expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true)
        expect(shares).toEqual(shares.toSorted((a, b) => b - a))
      }),
    )
  })
})
