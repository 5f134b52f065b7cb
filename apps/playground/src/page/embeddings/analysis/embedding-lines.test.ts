import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { embeddingLines } from './embedding-lines.ts'

const vector = fc.float32Array({ noNaN: true, noDefaultInfinity: true })

it('writes vectors that are read back exactly, each with its text and place', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ text: fc.string(), embedding: vector })), (given) => {
      const lines = [...embeddingLines(given.map((row) => ({ ...row, error: undefined })))]
      expect(lines.every((line) => line.indexOf('\n') === line.length - 1)).toBe(true)
      const back = lines.map((line) => JSON.parse(line) as { index: number; text: string; embedding: number[] })
      expect(back.map(({ index, text }) => ({ index, text }))).toEqual(
        given.map(({ text }, index) => ({ index, text })),
      )
      // Minus zero has no form of its own in JSON.
      for (const { index, embedding } of back)
        expect(Float32Array.from(embedding)).toEqual(given[index]!.embedding.map((value) => value + 0))
    }),
  )
})

it('says why a text has no vector, and leaves out those that were not reached', () => {
  const error = { code: 'invalid-request', message: 'too long' }
  const lines = [
    ...embeddingLines([
      { text: 'one', embedding: undefined, error },
      { id: 7, text: 'two', embedding: new Float32Array([0.5]), error: undefined },
      { text: 'three', embedding: undefined, error: undefined },
    ]),
  ]
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { index: 0, text: 'one', error },
    { index: 1, id: 7, text: 'two', embedding: [0.5] },
  ])
})
