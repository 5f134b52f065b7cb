import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { failureLine, parseRecordedRow, vectorLine } from './row-lines.ts'

const row = { index: 7, id: 'seven', text: 'a text', line: '{"id":"seven","text":"a text"}', position: 100 }

describe('vectorLine', () => {
  it('gives back every 32-bit float', () => {
    fc.assert(
      fc.property(fc.float32Array({ noNaN: true, noDefaultInfinity: true }), (vector) => {
        const { embedding } = JSON.parse(vectorLine(row, vector)) as { embedding: number[] }
        // JSON has one zero only.
        expect(Float32Array.from(embedding)).toEqual(vector.map((value) => value + 0))
      }),
    )
  })

  it('wastes no digits', () => {
    expect(vectorLine(row, Float32Array.of(0.1, -0.3, 1e-20, 1 / 3))).toBe(
      '{"index":7,"id":"seven","embedding":[0.1,-0.3,1e-20,0.33333334]}',
    )
  })
})

describe('parseRecordedRow', () => {
  it('reads back what was written', () => {
    expect(parseRecordedRow(vectorLine(row, Float32Array.of(1, 2)))).toEqual({ index: 7, id: 'seven', dimensions: 2 })
    expect(parseRecordedRow(failureLine(row, { code: 'model-error', message: 'no' }))).toEqual({
      index: 7,
      id: 'seven',
      dimensions: undefined,
    })
  })

  it.each(['', 'text', '{"id":1}', '{"index":1}', '{"index":"1","embedding":[]}', '{"index":1,"embedding":[1'])(
    'knows what is not ours: %s',
    (line) => expect(parseRecordedRow(line)).toBeUndefined(),
  )
})
