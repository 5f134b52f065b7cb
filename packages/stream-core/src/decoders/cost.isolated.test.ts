import { describe, expect, test, vi } from 'vitest'
import { countWork, watchedUtf8Slice, type Work } from '../../test-support/count-work.ts'
import { cutEvery, utf8 } from '../../test-support/cuts.ts'
import type { Decoder } from './decoder.ts'
import { EventStreamDecoder } from './event-stream/event-stream-decoder.ts'
import { EventStreamEncoder } from './event-stream/event-stream-encoder.ts'
import { JsonSequenceDecoder } from './json-sequence-decoder.ts'
import { LineDecoder } from './line-decoder.ts'
import { ServerSentEventDecoder } from './server-sent-event-decoder.ts'

// Much work per test, on machines that may be slow and busy.
vi.setConfig({ testTimeout: 60_000 })

vi.mock(import('./text/utf8-slice.ts'), () => watchedUtf8Slice)

const frame = (length: number): Uint8Array =>
  new EventStreamEncoder().encode({ headers: {}, payload: new Uint8Array(length) })

/** Inputs of about `length` bytes, each hard on one part of a decoder. */
const inputs: [string, () => Decoder<Uint8Array, unknown>, (length: number) => Uint8Array][] = [
  ['one line', () => new LineDecoder(), (length) => utf8('a'.repeat(length))],
  ['one line of three byte characters', () => new LineDecoder(), (length) => utf8('日'.repeat(length / 3))],
  ['short lines', () => new LineDecoder(), (length) => utf8('abcdefg\n'.repeat(length / 8))],
  ['short lines with CRLF', () => new LineDecoder(), (length) => utf8('abcdef\r\n'.repeat(length / 8))],
  ['empty lines', () => new LineDecoder(), (length) => utf8('\n'.repeat(length))],
  ['one event', () => new ServerSentEventDecoder(), (length) => utf8(`data: ${'a'.repeat(length)}\n\n`)],
  ['one event of many lines', () => new ServerSentEventDecoder(), (length) => utf8('data: a\n'.repeat(length / 8))],
  ['short events', () => new ServerSentEventDecoder(), (length) => utf8('data: {"a":1}\n\n'.repeat(length / 15))],
  ['comments', () => new ServerSentEventDecoder(), (length) => utf8(': keep-alive\n\n'.repeat(length / 14))],
  [
    'one document',
    () => new JsonSequenceDecoder(),
    (length) => utf8(`["${'a'.repeat(length / 2)}"${',1'.repeat(length / 4)}]`),
  ],
  [
    'one document over many lines',
    () => new JsonSequenceDecoder(),
    (length) => utf8(`[1${'\n,1'.repeat(length / 3)}]`),
  ],
  [
    'one deep document',
    () => new JsonSequenceDecoder(),
    (length) => utf8('['.repeat(length / 2) + ']'.repeat(length / 2)),
  ],
  ['documents without line ends', () => new JsonSequenceDecoder(), (length) => utf8('{"a":1}'.repeat(length / 7))],
  ['JSON lines', () => new JsonSequenceDecoder(), (length) => utf8('{"a":1}\n'.repeat(length / 8))],
  ['events of JSON', () => new JsonSequenceDecoder(), (length) => utf8('data: {"a":1}\n\n'.repeat(length / 15))],
  ['one event of JSON', () => new JsonSequenceDecoder(), (length) => utf8(`data: ["${'a'.repeat(length)}"]\n\n`)],
  ['one frame', () => new EventStreamDecoder(), (length) => frame(length)],
  ['short frames', () => new EventStreamDecoder(), (length) => Buffer.concat(Array(length / 64).fill(frame(48)))],
]

const workOf = (create: () => Decoder<Uint8Array, unknown>, bytes: Uint8Array, size: number): Work => {
  const decoder = create()
  const chunks = cutEvery(bytes, size)
  return countWork(() => {
    for (const chunk of chunks) decoder.push(chunk)
    decoder.flush()
  })
}

// Counts per byte of input. Each byte is decoded once and, where text is sought in it, searched once for LF and once for CR. A
// frame that was cut is copied once, its prelude twice. JSON is looked at once by the scanner, or only at its line's start, and
// parsed once.
const bounds: Partial<Work> = {
  decodedBytes: 1,
  copiedBytes: 1.25,
  searchedCharacters: 2.1,
  inspectedCharacters: 1.2,
  parsedCharacters: 1,
}

describe.each([1, 3, 64, 1024])('in chunks of %d bytes', (size) => {
  test.each(inputs)('%s: no byte is decoded, copied, searched, inspected or parsed again', (_name, create, make) => {
    const bytes = make(24_000)
    const work = workOf(create, bytes, size)
    const kinds = Object.keys(bounds) as (keyof typeof bounds)[]
    // A few more where a line end stands for white space within JSON.
    const exceeded = kinds.filter((kind) => work[kind] > (bounds[kind] ?? 0) * bytes.length + 16)
    expect(Object.fromEntries(exceeded.map((kind) => [kind, work[kind] / bytes.length]))).toEqual({})
  })
})

/** Inputs of about `length` bytes that are hard where bytes and characters differ, or where places are looked up. */
const hostileInputs: [string, (length: number) => Uint8Array][] = [
  ['values of several lines', (length) => utf8(`"é"\n${'{\n"a":1\n}\n'.repeat(length / 10)}`)],
  ['values of several data lines', (length) => utf8(`: é\n\n${'data: {"a":\ndata: 1}\n\n'.repeat(length / 24)}`)],
  ['values in one line', (length) => utf8(`data: "é"${' {"a":1}'.repeat(length / 8)}\n\n`)],
  ['events', (length) => utf8(`data: "é"\n\n${'data: {"a":1}\n\n'.repeat(length / 15)}`)],
  [
    'malformed bytes',
    (length) => Uint8Array.from(Buffer.alloc(length - (length % 7), Buffer.from('"\xff" {}\n', 'latin1'))),
  ],
  [
    'malformed bytes in one line',
    (length) => Uint8Array.from(Buffer.alloc(length - (length % 7), Buffer.from('"\xff" {} ', 'latin1'))),
  ],
  ['errors of a server', (length) => utf8(`"é"\n${'event: error\ndata: [\n'.repeat(length / 21)}`)],
  ['a long error of a server', (length) => utf8(`event: error\n${'data: [\n'.repeat(length / 8)}`)],
  ['numbers of Python', (length) => utf8(`["é"${',NaN,"\\"NaN"'.repeat(length / 13)}]`)],
]

const readers: [string, () => JsonSequenceDecoder][] = [
  ['JsonSequenceDecoder', () => new JsonSequenceDecoder({ pythonNumbers: true, markErrors: true })],
  [
    'JsonSequenceDecoder with an observer',
    () =>
      new JsonSequenceDecoder({
        pythonNumbers: true,
        markErrors: true,
        observer: { onLine: () => {}, onValue: () => {} },
      }),
  ],
]

describe.each(readers)('%s, four sizes of input', (_reader, create) => {
  describe.each([100, Number.POSITIVE_INFINITY])('in chunks of %d bytes', (size) => {
    test.each(hostileInputs)('%s: characters are looked at a fixed number of times', (_name, make) => {
      const perByte = [4_000, 8_000, 16_000, 32_000].map((length) => {
        const bytes = make(length)
        const { inspectedCharacters, searchedCharacters, parsedCharacters, copiedBytes, decodedBytes } = workOf(
          create,
          bytes,
          size,
        )
        return (inspectedCharacters + searchedCharacters + parsedCharacters + copiedBytes + decodedBytes) / bytes.length
      })
      for (const work of perByte) expect(work).toBeLessThan(1.1 * perByte[0]!)
      expect(perByte[0]).toBeLessThan(20)
    })
  })
})

test('the counts see the work', () => {
  const work = workOf(() => new JsonSequenceDecoder(), utf8('{"a":1}\n'), 1)
  expect(work.decodedBytes).toBe(8)
  expect(work.searchedCharacters).toBeGreaterThan(0)
  expect(work.inspectedCharacters).toBeGreaterThan(0)
  expect(work.parsedCharacters).toBe(7)
  expect(workOf(() => new EventStreamDecoder(), frame(100), 50).copiedBytes).toBeGreaterThan(100)
})
