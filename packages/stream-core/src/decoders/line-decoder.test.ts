import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chunkSizes, cutEvery, run, utf8 } from '../test-support/cuts.ts'
import { textBytes, withCuts } from '../test-support/text-bytes-arbitrary.ts'
import { LineDecoder, type LineDecoderOptions } from './line-decoder.ts'
import type { StreamDecodeError } from './stream-decode-error.ts'

/** What a LineDecoder should do, said in one line for input that is all there. */
function splitLines(bytes: Uint8Array, newline: 'any' | 'lf' = 'any'): string[] {
  const text = new TextDecoder('utf-8').decode(bytes)
  const lines = text.split(newline === 'any' ? /\r\n|\r|\n/ : /\r?\n/)
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

const decode = (bytes: Uint8Array, options: LineDecoderOptions = {}, size = Number.POSITIVE_INFINITY) => {
  const { values, error } = run(new LineDecoder(options), cutEvery(bytes, size))
  return { lines: values, error: error as StreamDecodeError | undefined }
}

describe('any bytes, any cuts', () => {
  test.each(['any', 'lf'] as const)('the lines are those of the whole (newline %s)', (newline) => {
    fc.assert(
      fc.property(withCuts(textBytes()), ({ whole, chunks }) => {
        expect(run(new LineDecoder({ newline }), chunks)).toEqual({ values: splitLines(whole, newline) })
      }),
      { numRuns: 5000 },
    )
  })
})

test.each(chunkSizes)('x %d', (size) => {
  expect(decode(utf8('a\r\nb\rc\n\nd'), {}, size).lines).toEqual(['a', 'b', 'c', '', 'd'])
})
