import { describe, expect, test } from 'vitest'
import { BatchLimits } from './batch-limits.ts'

describe('limits', () => {
  test('are the smallest of all that are known', () => {
    const limits = new BatchLimits({ maxItems: 100, maxBytes: 5000 }, { maxItems: 32 })
    expect(limits).toMatchObject({ maxItems: 32, maxBytes: 5000 })
    expect(new BatchLimits({})).toMatchObject({
      maxItems: Number.POSITIVE_INFINITY,
      maxBytes: Number.POSITIVE_INFINITY,
    })
  })

  test('become what a refusal names, or half of what was sent', () => {
    const limits = new BatchLimits({ maxItems: 100, maxBytes: 5000 })
    limits.learnFromRefusal({ unit: 'items', maximum: 32 }, { items: 100, bytes: 400 })
    expect(limits).toMatchObject({ maxItems: 32, maxBytes: 5000 })
    limits.learnFromRefusal({ unit: 'items', maximum: undefined }, { items: 9, bytes: 400 })
    expect(limits.maxItems).toBe(4)
    limits.learnFromRefusal({ unit: 'bytes', maximum: undefined }, { items: 4, bytes: 4001 })
    expect(limits).toMatchObject({ maxItems: 4, maxBytes: 2000 })
  })

  test('are not raised, and not taken from a refusal that names more than was sent', () => {
    const limits = new BatchLimits({ maxItems: 10 })
    limits.learnFromRefusal({ unit: 'items', maximum: 32 }, { items: 6, bytes: 1 })
    expect(limits.maxItems).toBe(3)
    limits.learnFromRefusal({ unit: 'items', maximum: 5 }, { items: 6, bytes: 1 })
    expect(limits.maxItems).toBe(3)
  })

  test('stay 1 at least', () => {
    const limits = new BatchLimits({ maxItems: 10 })
    limits.learnFromRefusal({ unit: 'items', maximum: 0 }, { items: 2, bytes: 1 })
    limits.learnFromRefusal({ unit: 'bytes', maximum: undefined }, { items: 2, bytes: 1 })
    expect(limits).toMatchObject({ maxItems: 1, maxBytes: 1 })
  })
})

describe('a limit that was only observed', () => {
  test('is the size that worked, and is tested less and less often', () => {
    const limits = new BatchLimits({ maxItems: 100 })
    const requestsUntilRaised = (): number => {
      const before = limits.maxItems
      for (let requests = 1; ; requests++) {
        limits.noteAnswered(before)
        if (limits.maxItems > before) return requests
      }
    }
    limits.learnFromParts(50)
    expect(limits.maxItems).toBe(50)
    expect(requestsUntilRaised()).toBe(64)
    expect(limits.maxItems).toBe(100)
    limits.learnFromParts(50)
    expect(requestsUntilRaised()).toBe(128)
  })

  test('is never raised above one that was stated', () => {
    const limits = new BatchLimits({ maxItems: 100 })
    limits.learnFromRefusal({ unit: 'items', maximum: 20 }, { items: 100, bytes: 1 })
    limits.learnFromParts(10)
    for (let requests = 0; requests < 10_000; requests++) limits.noteAnswered(limits.maxItems)
    expect(limits.maxItems).toBe(20)
  })

  test('is not tested by requests that are not full', () => {
    const limits = new BatchLimits({ maxItems: 100 })
    limits.learnFromParts(50)
    for (let requests = 0; requests < 1000; requests++) limits.noteAnswered(49)
    expect(limits.maxItems).toBe(50)
  })
})
