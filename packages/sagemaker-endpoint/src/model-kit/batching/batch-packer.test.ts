import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BatchCodec } from './batch-codec.ts'
import { BatchLimits, type BatchSizeLimits } from './batch-limits.ts'
import { type Batch, BatchPacker, outcomesOfEntries } from './batch-packer.ts'

type Codec = Pick<BatchCodec<string, string>, 'sizeOf' | 'keyOf' | 'splittable' | 'copy'>

const codecOf = (codec: Codec): BatchCodec<string, string> => codec as BatchCodec<string, string>
const words: Codec = { sizeOf: (text) => text.length + 3, keyOf: (text) => text }

function pack(
  items: readonly string[],
  limits: BatchSizeLimits,
  codec: Codec = words,
): Batch<number, string, string>[] {
  const packer = new BatchPacker<number, string, string>(new BatchLimits(limits), codecOf(codec))
  const batches: Batch<number, string, string>[] = []
  for (const [index, item] of items.entries()) {
    packer.add(index, item)
    batches.push(...packer.takeFull())
  }
  batches.push(...packer.takeAll())
  return batches
}

const somewhatEqualItems = fc.array(fc.string({ unit: 'grapheme', maxLength: 6 }), { maxLength: 60 })

test('every item is in a batch, in order, within the limits, and sent once per batch', () => {
  fc.assert(
    fc.property(
      somewhatEqualItems,
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 60 }),
      (items, maxItems, maxBytes) => {
        const batches = pack(items, { maxItems, maxBytes })
        expect(batches.flatMap(({ entries }) => entries.map(({ source }) => source))).toEqual([...items.keys()])
        for (const batch of batches) {
          expect(batch.items.length).toBeLessThanOrEqual(maxItems)
          expect(batch.items).toEqual([...new Set(batch.items)])
          const bytes = batch.items.reduce((sum, item) => sum + words.sizeOf(item), 0)
          // A single item may be larger than the limit.
          expect(batch.items.length === 1 || bytes <= maxBytes).toBe(true)
          const echoed = outcomesOfEntries(
            batch,
            batch.items.map((result) => ({ result })),
            codecOf(words),
          )
          expect(echoed.map((outcome) => outcome?.result)).toEqual(batch.entries.map(({ source }) => items[source]))
        }
      },
    ),
  )
})

test('batches are full by count where bytes allow it', () => {
  const items = Array.from({ length: 10 }, (_, index) => `${index}`)
  expect(pack(items, { maxItems: 4 }).map((batch) => batch.items.length)).toEqual([4, 4, 2])
})

test('items without a key are all sent', () => {
  const batches = pack(['same', 'same'], {}, { sizeOf: words.sizeOf })
  expect(batches.map((batch) => batch.items)).toEqual([['same', 'same']])
})

test('items that belong together are in one batch, however many they are', () => {
  const items = ['a', 'b', 'c', 'd', 'e']
  expect(
    pack(items, { maxItems: 2, maxBytes: 5 }, { ...words, splittable: false }).map((batch) => batch.items),
  ).toEqual([items])
})

test('duplicates and cached items do not pile up without end', () => {
  const packer = new BatchPacker<number, string, string>(new BatchLimits({ maxItems: 2 }), codecOf(words))
  for (let index = 0; index < 100; index++) {
    if (index % 2 === 0) packer.add(index, 'same')
    else packer.addCached(index, 'known')
  }
  expect(packer.takeFull().map((batch) => batch.entries.length)).toEqual([32, 32, 32])
})
