import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { BatchLimits } from './batch-limits.ts'
import { BatchPacker } from './batch-packer.ts'
import { splitTexts } from './split-texts.ts'
import type { TextBatch } from './text-batch.ts'

function pack(texts: readonly string[], limits: BatchLimits): TextBatch[] {
  const packer = new BatchPacker(limits)
  const batches: TextBatch[] = []
  for (const [index, text] of texts.entries()) {
    packer.add({ index, id: undefined, text }, text)
    batches.push(...packer.takeFull())
  }
  batches.push(...packer.takeAll())
  return batches
}

const somewhatEqualTexts = fc.array(fc.string({ unit: 'grapheme', maxLength: 6 }), { maxLength: 60 })

test('every text is in a batch, in order, within the limits, and sent once per batch', () => {
  fc.assert(
    fc.property(
      somewhatEqualTexts,
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 60 }),
      (texts, maxTexts, maxBytes) => {
        const batches = pack(texts, new BatchLimits({ maxTexts, maxBytes }))
        expect(batches.flatMap((batch) => batch.entries.map(({ source }) => source.text))).toEqual(texts)
        for (const batch of batches) {
          expect(batch.texts.length).toBeLessThanOrEqual(maxTexts)
          expect(batch.texts).toEqual([...new Set(batch.texts)])
          // One text alone may be larger than the limit.
          expect(batch.texts.length === 1 || batch.bytes <= maxBytes).toBe(true)
          for (const { source, slot } of batch.entries) expect(batch.texts[slot ?? -1]).toBe(source.text)
        }
      },
    ),
  )
})

test('batches are full by count where bytes allow it', () => {
  const texts = Array.from({ length: 10 }, (_, index) => `${index}`)
  expect(pack(texts, new BatchLimits({ maxTexts: 4 })).map((batch) => batch.texts.length)).toEqual([4, 4, 2])
})

test('bytes are those of UTF-8', () => {
  const sizes = (text: string): number[] =>
    pack([text, `${text}!`], new BatchLimits({ maxTexts: 9, maxBytes: 15 })).map((batch) => batch.texts.length)
  expect(sizes('abcd')).toEqual([2])
  expect(sizes('äöüß')).toEqual([1, 1])
})

test('duplicates and cached texts do not pile up without end', () => {
  const packer = new BatchPacker(new BatchLimits({ maxTexts: 2 }))
  for (let index = 0; index < 100; index++) {
    if (index % 2 === 0) packer.add({ index, id: undefined, text: 'same' }, 'same')
    else packer.addCached({ index, id: undefined, text: 'known' }, new Float32Array(1))
  }
  expect(packer.takeFull().map((batch) => batch.entries.length)).toEqual([32, 32, 32])
})

test('texts are split into parts of the limit, or else into halves', () => {
  const texts = ['a', 'b', 'c', 'd', 'e']
  expect(splitTexts(texts, 2)).toEqual([['a', 'b'], ['c', 'd'], ['e']])
  expect(splitTexts(texts, 5)).toEqual([
    ['a', 'b', 'c'],
    ['d', 'e'],
  ])
  expect(splitTexts(['a', 'b'], Number.POSITIVE_INFINITY)).toEqual([['a'], ['b']])
})
