import { assert, asyncProperty, integer, shuffledSubarray, string, array } from 'fast-check'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { ReorderBuffer } from './reorder-buffer.ts'

const folders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('sagemaker-jobs-'))

test('lines come in order, whatever the order they came in, from memory or from the file', async () => {
  await assert(
    asyncProperty(
      array(string({ maxLength: 200 }), { maxLength: 30 }).chain((texts) =>
        shuffledSubarray([...texts.entries()], { minLength: 0 }),
      ),
      integer({ min: 0, max: 100 }),
      async (entries, maxBytes) => {
        const buffer = new ReorderBuffer(maxBytes)
        const lines: string[] = []
        for (const [index, text] of entries)
          lines.push(...(await buffer.push(index, `${index} ${JSON.stringify(text)}`)))
        for await (const line of buffer.rest()) lines.push(line)
        await buffer.close()
        const sorted = entries.toSorted(([a], [b]) => a - b)
        expect(lines).toEqual(sorted.map(([index, text]) => `${index} ${JSON.stringify(text)}`))
      },
    ),
    { numRuns: 60 },
  )
})

test('long lines go to a file, which is removed', async () => {
  const before = folders()
  const buffer = new ReorderBuffer(100_000)
  const line = (index: number): string => String(index).padEnd(40_000, 'ä')
  for (let index = 9; index >= 1; index--) expect(await buffer.push(index, line(index))).toEqual([])
  expect(buffer.spilled).toBe(7)
  expect(folders().length).toBe(before.length + 1)
  const due = await buffer.push(0, line(0))
  expect(due).toEqual(Array.from({ length: 10 }, (_, index) => line(index)))
  await buffer.close()
  expect(folders()).toEqual(before)
})
