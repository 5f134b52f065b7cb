import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chunkSizes, cutEvery, run, utf8 } from '../../test-support/cuts.ts'
import { textBytes, withCuts } from '../../test-support/text-bytes-arbitrary.ts'
import { StreamDecodeError } from './stream-decode-error.ts'
import { Utf8Decoder } from './utf8-decoder.ts'

describe('Utf8Decoder', () => {
  test('the pieces are the text of the whole, none is empty, and none ends within a character', () => {
    fc.assert(
      fc.property(withCuts(textBytes('a😀', 'é')), ({ whole, chunks }) => {
        const { values, error } = run(new Utf8Decoder(), chunks)
        expect(error).toBeUndefined()
        expect(values.join('')).toBe(new TextDecoder().decode(whole))
        expect(values.filter((text) => text === '' || /^\p{Cs}|\p{Cs}$/u.test(text))).toEqual([])
      }),
      { numRuns: 2000 },
    )
  })

  test('a piece comes with the chunk that completes it', () => {
    const decoder = new Utf8Decoder()
    const bytes = utf8('\ufeffa😀b')
    expect(Array.from(bytes, (byte) => decoder.push(Uint8Array.of(byte)))).toEqual([
      [],
      [],
      [],
      ['a'],
      [],
      [],
      [],
      ['😀'],
      ['b'],
    ])
    expect(decoder.flush()).toEqual([])
  })

  test('a character that the end cuts off is replaced', () => {
    expect(run(new Utf8Decoder(), [utf8('aé').slice(0, 2)])).toEqual({ values: ['a', '\ufffd'] })
  })

  test.each(chunkSizes)(
    'fatal: the text before malformed bytes, then the error with its place, in chunks of %d',
    (size) => {
      const bytes = Uint8Array.of(...utf8('éa'), 0xff, 0x62)
      const { values, error } = run(new Utf8Decoder({ fatal: true }), cutEvery(bytes, size))
      expect(values.join('')).toBe('éa')
      expect(error).toBeInstanceOf(StreamDecodeError)
      expect(error).toMatchObject({ code: 'invalid-utf8', byteOffset: 3 })
      expect((error as StreamDecodeError).rest[0]).toBe(0xff)
    },
  )
})
