import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawnLane, fitLabel, LaneLayout, layoutLane, readableScale, slotAt, visibleSlots } from './lane-layout.ts'
import type { WireItem } from './wire.ts'

const item = (at: number, label: string): WireItem => ({
  lane: 'text',
  index: 0,
  at,
  start: 0,
  end: 0,
  label,
  event: { type: 'delta', at, channel: 'text', text: label },
})

describe('layoutLane', () => {
  it('puts an item where its time is, as wide as its label', () => {
    expect(layoutLane([item(10, 'abc'), item(100, '')], 2)).toMatchObject([
      { x: 20, width: 3 * 6.7 + 10 },
      { x: 200, width: 12 },
    ])
  })

  it('never lets an item reach into the next moment', () => {
    const [slot] = layoutLane([item(0, 'a long label'), item(10, '')], 2)
    expect(slot).toMatchObject({ x: 0, width: 18 })
  })

  it('sets items of the same moment side by side', () => {
    const slots = layoutLane([item(0, 'aaaa'), item(0.1, 'bbbb'), item(0.2, 'cccc'), item(30, '')], 2)
    expect(slots.slice(0, 3).map(({ x, width }) => [x, width])).toEqual([
      [0, 18],
      [20, 18],
      [40, 18],
    ])
  })

  it('keeps an item visible where there is no room at all', () => {
    const slots = layoutLane([item(0, 'a'), item(1, 'b')], 1)
    expect(slots[0]?.width).toBe(3)
  })
})

describe('visibleSlots', () => {
  it('finds what a window shows, also what only reaches into it', () => {
    const slots = layoutLane(
      Array.from({ length: 1000 }, (_, index) => item(index * 10, 'wide label')),
      1,
    )
    const seen = visibleSlots(slots, 500, 530)
    expect(seen.map(({ x }) => x)).toEqual([500, 510, 520, 530])
    expect(visibleSlots(slots, 505, 506).map(({ x }) => x)).toEqual([500])
    expect(visibleSlots(slots, -100, -50)).toEqual([])
  })

  it('lets one stand for the next few where they crowd, but shows what must be seen', () => {
    const items = Array.from({ length: 1000 }, (_, index) => item(index, ''))
    const slots = layoutLane(items, 1)
    expect(visibleSlots(slots, 0, 999).length).toBeLessThan(400)
    expect(visibleSlots(slots, 0, 999, new Set(items.slice(500, 503))).map((slot) => slot.item)).toEqual(
      expect.arrayContaining(items.slice(500, 503)),
    )
  })
})

describe('readableScale', () => {
  it('leaves room for a word in the usual pause, whatever came at once or late', () => {
    const at = (...times: number[]) => times.map((time) => item(time, ''))
    expect(readableScale(at(0, 0.1, 20, 40, 60, 2000))).toBe(58 / 20)
    expect(readableScale(at(0, 10_000, 20_000))).toBe(0.05)
    expect(readableScale(at(5))).toBe(1)
  })
})

describe('fitLabel', () => {
  it('shows spaces and control characters, and cuts what does not fit', () => {
    expect(fitLabel({ lane: 'text', label: ' a\n' }, 100)).toBe('\u00a0a⏎')
    expect(fitLabel({ lane: 'text', label: 'abcdefgh' }, 40)).toBe('abc…')
    expect(fitLabel({ lane: 'text', label: '😀😀😀😀' }, 30)).toBe('😀😀…')
    expect(fitLabel({ lane: 'text', label: 'abc' }, 12)).toBe('')
  })

  it('shows nothing where what fits says nothing', () => {
    expect(fitLabel({ lane: 'parts', label: '1024 B' }, 60)).toBe('1024\u00a0B')
    expect(fitLabel({ lane: 'parts', label: '1024 B' }, 40)).toBe('')
    expect(fitLabel({ lane: 'lines', label: 'data: {}' }, 35)).toBe('')
    expect(fitLabel({ lane: 'lines', label: 'data: {} and more' }, 52)).toBe('data:…')
  })
})

describe('LaneLayout', () => {
  it('places a lane that grows as one that is there at once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.double({ min: 0, max: 9, noNaN: true }))),
        fc.double({ min: 0.01, max: 8, noNaN: true }),
        (steps, scale) => {
          const items: WireItem[] = []
          const layout = new LaneLayout()
          let at = 0
          for (const pauses of steps) {
            for (const pause of pauses) items.push(item((at += pause), 'word'))
            expect(layout.update(items, scale)).toEqual(layoutLane(items, scale))
          }
        },
      ),
    )
  })
})

describe('a crowded lane', () => {
  const items = Array.from({ length: 100 }, (_, index) => item(index, 'word'))
  const slots = layoutLane(items, 4)

  it('is drawn as ticks, but for what must be seen', () => {
    const chosen = items[50]!
    const { boxes, ticks } = drawnLane(slots, new Set([chosen]))
    // The last one has room after it.
    expect(boxes.map((slot) => slot.item)).toEqual([chosen, items[99]])
    expect(ticks.length).toBeGreaterThan(95)
  })

  it('can be pointed at between and beyond its ticks', () => {
    expect(slotAt(slots, 200, 4)?.item).toBe(items[50])
    expect(slotAt(slots, 203.9, 4)).toBeDefined()
    expect(slotAt(slots, -10, 4)).toBeUndefined()
    expect(slotAt(slots, 99 * 4 + 500, 4)).toBeUndefined()
  })
})
