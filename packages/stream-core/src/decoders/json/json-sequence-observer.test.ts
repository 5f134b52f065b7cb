import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chunkSizes, cutAnywhere, cutEvery, run, utf8 } from '../../../test-support/cuts.ts'
import { JsonSequenceDecoder } from '../json-sequence-decoder.ts'
import { LineDecoder } from '../line-decoder.ts'
import { jsonSequenceDone } from './json-value-reader.ts'
import type { ByteRange } from './json-sequence-observer.ts'

interface Seen {
  readonly kind: 'line' | 'value' | 'delivered'
  readonly what: unknown
  readonly range?: ByteRange
}

function watch(chunks: readonly Uint8Array[]): Seen[] {
  const seen: Seen[] = []
  const decoder = new JsonSequenceDecoder({
    observer: {
      onLine: (what, range) => seen.push({ kind: 'line', what, range }),
      onValue: (what, range) => seen.push({ kind: 'value', what, range }),
    },
  })
  const deliver = (what: unknown) => seen.push({ kind: 'delivered', what })
  for (const chunk of chunks) decoder.pushEach(chunk, deliver)
  decoder.flushEach(deliver)
  return seen
}

const containers = fc.array(
  fc.oneof(
    fc.array(fc.jsonValue(), { maxLength: 3 }),
    fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue(), { maxKeys: 3 }),
  ),
  { maxLength: 4 },
)
const framings: [string, (json: readonly string[], end: string) => string][] = [
  ['events', (json, end) => json.map((value) => `data: ${value}${end}${end}`).join('')],
  [
    'events in several lines',
    (json, end) => json.map((value) => `: c${end}data:${value.replaceAll('\n', `${end}data: `)}${end}${end}`).join(''),
  ],
  ['JSON lines, last one open', (json, end) => json.join(end)],
  ['concatenated', (json) => json.join('')],
  ['pretty-printed', (json, end) => json.map((value) => `${value.replaceAll('\n', end)}${end}`).join('')],
]

describe('what an observer sees, whatever the cuts', () => {
  test.each(framings)('%s', (name, frame) => {
    const indent = name === 'pretty-printed' || name === 'events in several lines' ? 1 : undefined
    const cases = fc
      .tuple(containers, fc.constantFrom('\n', '\r\n', '\r'))
      .map(([list, end]) =>
        utf8(
          frame(
            list.map((value) => JSON.stringify(value, null, indent)),
            end,
          ),
        ),
      )
      .chain((bytes) => cutAnywhere(bytes).map((chunks) => ({ bytes, chunks })))
    fc.assert(
      fc.property(cases, ({ bytes, chunks }) => {
        const textOf = ({ start, end }: ByteRange) => new TextDecoder().decode(bytes.subarray(start, end))
        const seen = watch(chunks)
        const of = (kind: Seen['kind']) => seen.filter((one) => one.kind === kind)

        expect(of('line').map(({ what }) => what)).toEqual(run(new LineDecoder(), [bytes]).values)
        for (const { what, range } of of('line')) expect(textOf(range!)).toBe(what)

        expect(of('value').map(({ what }) => what)).toEqual(of('delivered').map(({ what }) => what))
        for (const { what, range } of of('value'))
          expect(JSON.parse(textOf(range!).replaceAll(/(?:\r\n|\r|\n)data: ?/g, '\n'))).toEqual(
            JSON.parse(JSON.stringify(what)),
          )
      }),
      { numRuns: 500 },
    )
  })
})

test.each(chunkSizes)(
  'a line comes before its values, and each value before its delivery, in chunks of %d bytes',
  (size) => {
    const seen = watch(cutEvery(utf8('data: {"é":1}\n\ndata: [DONE]\n\n'), size))
    expect(seen).toEqual([
      { kind: 'line', what: 'data: {"é":1}', range: { start: 0, end: 14 } },
      { kind: 'value', what: { é: 1 }, range: { start: 6, end: 14 } },
      { kind: 'delivered', what: { é: 1 } },
      { kind: 'line', what: '', range: { start: 15, end: 15 } },
      { kind: 'line', what: 'data: [DONE]', range: { start: 16, end: 28 } },
      { kind: 'value', what: jsonSequenceDone, range: { start: 22, end: 28 } },
      { kind: 'delivered', what: jsonSequenceDone },
      { kind: 'line', what: '', range: { start: 29, end: 29 } },
    ])
  },
)

test.each(chunkSizes)('a number that only the end of the input ends, in chunks of %d bytes', (size) => {
  const seen = watch(cutEvery(utf8(' 12'), size))
  expect(seen.filter(({ kind }) => kind !== 'delivered')).toEqual([
    { kind: 'line', what: ' 12', range: { start: 0, end: 3 } },
    { kind: 'value', what: 12, range: { start: 1, end: 3 } },
  ])
})

test('what an observer throws comes out of the decoder', () => {
  const failure = new Error('observer')
  const decoder = new JsonSequenceDecoder({
    observer: {
      onValue: () => {
        throw failure
      },
    },
  })
  expect(() => decoder.push(utf8('{}'))).toThrow(failure)
})
