import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { visibleRange } from './visible-range.ts'

it('holds every row that can be seen, and never many more', () => {
  const list = fc.record({
    count: fc.nat(50_000),
    rowHeight: fc.integer({ min: 10, max: 60 }),
    scrollTop: fc.nat(2_000_000),
    height: fc.nat(2_000),
  })
  fc.assert(
    fc.property(list, (scrolled) => {
      const { first, end } = visibleRange(scrolled)
      expect(first).toBeGreaterThanOrEqual(0)
      expect(end).toBeLessThanOrEqual(scrolled.count)
      expect(end - first).toBeLessThanOrEqual(scrolled.height / scrolled.rowHeight + 18)
      for (const y of [scrolled.scrollTop, scrolled.scrollTop + scrolled.height - 1]) {
        const row = Math.floor(y / scrolled.rowHeight)
        const isThere = scrolled.height > 0 && row < scrolled.count
        expect(isThere && (row < first || row >= end)).toBe(false)
      }
    }),
  )
})
