import { describe, expect, test } from 'vitest'
import { utf8 } from '../../../test-support/cuts.ts'
import { EventStreamDecoder } from './event-stream-decoder.ts'
import { EventStreamEncoder } from './event-stream-encoder.ts'
import type { EventStreamHeader, EventStreamHeaders } from './event-stream-message.ts'

const encode = (headers: EventStreamHeaders, payload: Uint8Array = new Uint8Array(0)): Uint8Array =>
  new EventStreamEncoder().encode({ headers, payload })

const header = (value: EventStreamHeader): EventStreamHeaders => ({ h: value })

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

describe('bytes', () => {
  test('of an empty message, as in the test vectors of the AWS SDKs', () => {
    expect(hex(encode({}))).toBe('000000100000000005c248eb7d98c8ff')
  })

  test('of a payload without headers, as there', () => {
    expect(hex(encode({}, utf8("{'foo':'bar'}")))).toBe('0000001d00000000fd528c5a7b27666f6f273a27626172277dc3653936')
  })

  test('of a 32 bit header, as there', () => {
    const bytes = encode({ 'event-type': { type: 'integer', value: 40_972 } }, utf8("{'foo':'bar'}"))
    expect(hex(bytes)).toBe(
      '0000002d0000001041c424b80a6576656e742d74797065040000a00c7b27666f6f273a27626172277d36f480a0',
    )
  })

  test.each<[EventStreamHeader, string]>([
    [{ type: 'boolean', value: true }, '00'],
    [{ type: 'boolean', value: false }, '01'],
    [{ type: 'byte', value: -2 }, '02fe'],
    [{ type: 'short', value: -2 }, '03fffe'],
    [{ type: 'integer', value: -2 }, '04fffffffe'],
    [{ type: 'long', value: -2n }, '05fffffffffffffffe'],
    [{ type: 'binary', value: Uint8Array.of(1, 2) }, '0600020102'],
    [{ type: 'string', value: 'é' }, '070002c3a9'],
    [{ type: 'timestamp', value: new Date(-1) }, '08ffffffffffffffff'],
    [{ type: 'uuid', value: '00112233-4455-6677-8899-aabbccddeeff' }, '0900112233445566778899aabbccddeeff'],
  ])('of a header %o', (value, bytes) => {
    expect(hex(encode(header(value)).subarray(12, -4))).toBe(`0168${bytes}`)
  })
})

test('it is a decoder from messages to frames', () => {
  const encoder = new EventStreamEncoder()
  const frames = encoder.push({ headers: {}, payload: utf8('a') })
  expect(frames).toEqual([encode({}, utf8('a'))])
  expect(encoder.flush()).toEqual([])
})

describe('limits of the format', () => {
  test.each<[string, EventStreamHeaders]>([
    ['an empty name', { '': { type: 'boolean', value: true } }],
    ['a name over 255 bytes', { ['é'.repeat(128)]: { type: 'boolean', value: true } }],
    ['a text over 65535 bytes', header({ type: 'string', value: 'x'.repeat(65_536) })],
    ['a binary value over 65535 bytes', header({ type: 'binary', value: new Uint8Array(65_536) })],
    ['a byte', header({ type: 'byte', value: 128 })],
    ['a short', header({ type: 'short', value: -32_769 })],
    ['an integer', header({ type: 'integer', value: 2 ** 31 })],
    ['a fraction', header({ type: 'integer', value: 1.5 })],
    ['a long', header({ type: 'long', value: 2n ** 63n })],
    ['an invalid date', header({ type: 'timestamp', value: new Date(Number.NaN) })],
    ['a malformed UUID', header({ type: 'uuid', value: '00112233445566778899aabbccddeeff' })],
  ])('%s does not fit', (_name, headers) => {
    expect(() => encode(headers)).toThrow(RangeError)
  })

  test('what just fits comes back', () => {
    const headers: EventStreamHeaders = {
      ['n'.repeat(255)]: { type: 'string', value: 'x'.repeat(65_535) },
      ['__proto__']: { type: 'byte', value: 127 },
    }
    expect(new EventStreamDecoder().push(encode(headers))[0]?.headers).toEqual(headers)
  })
})
