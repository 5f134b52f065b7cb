import { EventStreamCodec } from '@smithy/core/event-streams'
import * as fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { chunkSizes, cutAnywhere, cutEvery, run, utf8 } from '../../../test-support/cuts.ts'
import { StreamDecodeError } from '../stream-decode-error.ts'
import { EventStreamDecoder } from './event-stream-decoder.ts'
import { EventStreamEncoder } from './event-stream-encoder.ts'
import type { EventStreamMessage } from './event-stream-message.ts'
import { eventStreamMessage } from '../../../test-support/event-stream-message-arbitrary.ts'

// Much work per test, on machines that may be slow and busy.
vi.setConfig({ testTimeout: 60_000 })

const encoder = new EventStreamEncoder()

const payloadPart = (text: string): EventStreamMessage => ({
  headers: {
    ':event-type': { type: 'string', value: 'PayloadPart' },
    ':content-type': { type: 'string', value: 'application/octet-stream' },
    ':message-type': { type: 'string', value: 'event' },
  },
  payload: utf8(text),
})

const frames = (...messages: EventStreamMessage[]): Uint8Array =>
  new Uint8Array(messages.flatMap((message) => [...encoder.encode(message)]))

const textOf = (message: EventStreamMessage): string => new TextDecoder().decode(message.payload)

const decode = (bytes: Uint8Array, size = Number.POSITIVE_INFINITY, maxFrameLength?: number) => {
  const { values, error } = run(new EventStreamDecoder({ maxFrameLength }), cutEvery(bytes, size))
  return { values, error: error as StreamDecodeError }
}

describe('every cut', () => {
  test('random messages come back from random cuts', () => {
    const cases = fc
      .array(eventStreamMessage, { maxLength: 4 })
      .chain((messages) => cutAnywhere(frames(...messages)).map((chunks) => ({ messages, chunks })))
    fc.assert(
      fc.property(cases, ({ messages, chunks }) => {
        expect(run(new EventStreamDecoder(), chunks)).toEqual({ values: messages })
      }),
      { numRuns: 2000 },
    )
  })

  test.each(chunkSizes)('three frames in chunks of %d bytes', (size) => {
    const { values, error } = decode(frames(payloadPart('a'), payloadPart(''), payloadPart('c'.repeat(500))), size)
    expect(error).toBeUndefined()
    expect(values.map(textOf)).toEqual(['a', '', 'c'.repeat(500)])
  })

  test('a frame is delivered by the chunk that completes it', () => {
    const decoder = new EventStreamDecoder()
    const bytes = frames(payloadPart('a'))
    expect(decoder.push(bytes.subarray(0, -1))).toEqual([])
    expect(decoder.push(bytes.subarray(-1)).map(textOf)).toEqual(['a'])
    expect(decoder.flush()).toEqual([])
  })
})

describe('agreement with the codec of the AWS SDK', () => {
  const codec = new EventStreamCodec(
    (input) => new TextDecoder().decode(input as Uint8Array),
    (text) => utf8(text),
  )

  test('it decodes our frames, we decode its frames', () => {
    fc.assert(
      fc.property(eventStreamMessage, ({ headers, payload }) => {
        // The SDK loses a header of this name.
        fc.pre(!Object.hasOwn(headers, '__proto__'))
        const theirs = codec.decode(encoder.encode({ headers, payload }))
        expect(new Uint8Array(theirs.body)).toEqual(payload)
        expect(Object.keys(theirs.headers).sort()).toEqual(Object.keys(headers).sort())
        expect(decode(codec.encode(theirs)).values).toEqual([{ headers, payload }])
      }),
      { numRuns: 500 },
    )
  })
})

describe('violations', () => {
  test.each(chunkSizes)('a flipped bit anywhere never passes (chunks of %d)', (size) => {
    const good = frames(payloadPart('first'))
    const second = frames(payloadPart('second'))
    for (let bit = 0; bit < second.length * 8; bit++) {
      const bad = second.slice()
      bad[bit >> 3]! ^= 1 << (bit & 7)
      const { values, error } = decode(new Uint8Array([...good, ...bad]), size)
      expect(values.map(textOf)).toEqual(['first'])
      expect(error).toBeInstanceOf(StreamDecodeError)
      expect(error.byteOffset).toBe(good.length)
      expect(['bad-checksum', 'frame-too-long', 'truncated-frame']).toContain(error.code)
    }
  })

  test.each(chunkSizes)('HTML in place of frames fails with its text in hand (chunks of %d)', (size) => {
    const html = utf8('<html><body>502 Bad Gateway</body></html>')
    const { error } = decode(html, size)
    expect(error.code).toBe('frame-too-long')
    expect(new TextDecoder().decode(error.rest)).toMatch(/^<html><body>/)
    expect(error.message).not.toContain('html')
  })

  test.each(chunkSizes)('a frame over the limit is refused before memory is set aside (chunks of %d)', (size) => {
    const bytes = frames(payloadPart('x'.repeat(100)))
    expect(decode(bytes, size, bytes.length).values).toHaveLength(1)
    const { values, error } = decode(bytes, size, bytes.length - 1)
    expect(values).toEqual([])
    expect(error.code).toBe('frame-too-long')
    expect(error.byteOffset).toBe(0)
  })

  test.each(chunkSizes)('input that ends inside a frame (chunks of %d)', (size) => {
    const bytes = frames(payloadPart('a'), payloadPart('b'))
    const firstLength = bytes.length / 2
    for (let length = firstLength + 1; length < bytes.length; length++) {
      const { values, error } = decode(bytes.subarray(0, length), size)
      expect(values.map(textOf)).toEqual(['a'])
      expect(error).toMatchObject({ code: 'truncated-frame', atEnd: true, byteOffset: firstLength })
      expect(error.rest).toEqual(bytes.slice(firstLength, length))
    }
  })
})

test.each([15, 0, -1, Number.NaN])('a limit of %d is no limit for frames', (maxFrameLength) => {
  expect(() => new EventStreamDecoder({ maxFrameLength })).toThrow(RangeError)
})

describe('memory', () => {
  test('from a Buffer of Node.js too, payloads are plain arrays whose slice is a copy', () => {
    const chunk = Buffer.from(frames(payloadPart('a')))
    const { payload } = new EventStreamDecoder().push(chunk)[0]!
    expect(payload.constructor).toBe(Uint8Array)
    const copy = payload.slice()
    chunk.fill(0)
    expect(copy).toEqual(utf8('a'))
  })

  test('what is known of headers does not change when the caller overwrites a chunk', () => {
    const binary: EventStreamMessage = {
      headers: { b: { type: 'binary', value: Uint8Array.of(1, 2) } },
      payload: new Uint8Array(0),
    }
    const decoder = new EventStreamDecoder()
    const chunk = Buffer.from(frames(binary))
    const [first] = decoder.push(chunk)
    chunk.fill(0)
    expect(first?.headers).toEqual(binary.headers)
    expect(decoder.push(frames(binary))[0]?.headers).toBe(first?.headers)
    expect(decoder.push(frames(payloadPart('a')))[0]?.headers).toEqual(payloadPart('a').headers)
  })

  test('the payload of a whole frame is a view of the chunk, that of a cut frame is not', () => {
    const bytes = frames(payloadPart('a'))
    expect(new EventStreamDecoder().push(bytes)[0]!.payload.buffer).toBe(bytes.buffer)
    const decoder = new EventStreamDecoder()
    decoder.push(bytes.subarray(0, 20))
    expect(decoder.push(bytes.subarray(20))[0]!.payload.buffer).not.toBe(bytes.buffer)
  })

  test('equal header blocks are parsed once and shared, different ones are not mixed up', () => {
    const other: EventStreamMessage = { headers: { ':event-type': { type: 'string', value: 'X' } }, payload: utf8('c') }
    const { values } = decode(frames(payloadPart('a'), payloadPart('b'), other, payloadPart('d')))
    expect(values[0]!.headers).toBe(values[1]!.headers)
    expect(values[2]!.headers).toEqual(other.headers)
    expect(values[3]!.headers).toEqual(values[0]!.headers)
    expect(Object.isFrozen(values[0]!.headers)).toBe(true)
  })
})
