import { describe, expect, it } from 'vitest'
import { colourOfGroup, groupCentres, groupsOf } from './point-groups.ts'

describe('groups of points', () => {
  it('are in the order of appearance, and points can have none', () => {
    expect(groupsOf(['b', undefined, 'a', 'b'])).toEqual({ names: ['b', 'a'], ofPoint: [0, undefined, 1, 0] })
  })

  it('are left out where nearly every point would be its own group', () => {
    expect(groupsOf(Array.from({ length: 13 }, (_, index) => `row ${index}`)).names).toEqual([])
  })

  it('have their names in the middle of most of their points', () => {
    const groups = groupsOf(['a', 'a', 'a', 'b'])
    expect(groupCentres(Float32Array.of(0, 0, 1, 1, 100, 2, 5, 6), groups)).toEqual([
      { x: 1, y: 1 },
      { x: 5, y: 6 },
    ])
  })

  it('have colours of the style sheet, again from the first', () => {
    expect([0, 5, 6].map(colourOfGroup)).toEqual([1, 6, 1])
  })
})
