import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chunkSizes, cutAnywhere, cutEvery, run, utf8 } from '../test-support/cuts.ts'
import { JsonSequenceDecoder, type JsonSequenceDecoderOptions } from './json-sequence-decoder.ts'
import { jsonSequenceDone } from './json/json-sequence-done.ts'
import type { StreamDecodeError } from './stream-decode-error.ts'

const decode = (
  input: string | Uint8Array,
  options: JsonSequenceDecoderOptions = {},
  size = Number.POSITIVE_INFINITY,
) => {
  const bytes = typeof input === 'string' ? utf8(input) : input
  const { values, error } = run(new JsonSequenceDecoder(options), cutEvery(bytes, size))
  return { values, error: error as StreamDecodeError | undefined }
}

const container = fc.oneof(
  fc.array(fc.jsonValue(), { maxLength: 3 }),
  fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 }),
)
const values = fc
  .array(fc.jsonValue(), { maxLength: 5 })
  .map((list) => list.map((value) => JSON.parse(JSON.stringify(value)) as unknown))
const containers = fc
  .array(container, { maxLength: 5 })
  .map((list) => list.map((value) => JSON.parse(JSON.stringify(value)) as unknown))
const lineEnd = fc.constantFrom('\n', '\r\n', '\r')

const framings: [string, fc.Arbitrary<{ list: unknown[]; text: string }>][] = [
  [
    'JSON lines',
    fc
      .record({ list: values, end: lineEnd })
      .map(({ list, end }) => ({ list, text: list.map((value) => JSON.stringify(value) + end).join('') })),
  ],
  [
    'JSON lines, last one open',
    fc
      .record({ list: values, end: lineEnd })
      .map(({ list, end }) => ({ list, text: list.map((value) => JSON.stringify(value)).join(end) })),
  ],
  ['concatenated', containers.map((list) => ({ list, text: list.map((value) => JSON.stringify(value)).join('') }))],
  [
    'pretty-printed',
    fc.record({ list: values, end: lineEnd }).map(({ list, end }) => ({
      list,
      text: list.map((value) => `${JSON.stringify(value, null, 2).replaceAll('\n', end)}${end}`).join(''),
    })),
  ],
  [
    'record separators',
    values.map((list) => ({ list, text: list.map((value) => `\x1e${JSON.stringify(value)}\n`).join('') })),
  ],
  [
    'events',
    fc.record({ list: values, end: lineEnd }).map(({ list, end }) => ({
      list,
      text: list.map((value) => `data: ${JSON.stringify(value)}${end}${end}`).join(''),
    })),
  ],
  [
    'events, no space, one newline',
    values.map((list) => ({ list, text: list.map((value) => `data:${JSON.stringify(value)}`).join('\n') })),
  ],
  [
    'events, pretty-printed',
    fc.record({ list: values, end: lineEnd }).map(({ list, end }) => ({
      list,
      text: list
        .map(
          (value) =>
            `id: 1${end}data: ${JSON.stringify(value, null, 1).replaceAll('\n', `${end}data: `)}${end}: comment${end}${end}`,
        )
        .join(''),
    })),
  ],
]

describe('any values, any cuts', () => {
  test.each(framings)('%s', (_name, framing) => {
    const cases = framing.chain(({ list, text }) => cutAnywhere(utf8(text)).map((chunks) => ({ list, chunks })))
    fc.assert(
      fc.property(cases, ({ list, chunks }) => {
        expect(run(new JsonSequenceDecoder(), chunks)).toEqual({ values: list })
      }),
      { numRuns: 2000 },
    )
  })
})
test.each(chunkSizes)('done %d', (size) => {
  expect(decode('data: {"a":1}\n\ndata: [DONE]\n\n', {}, size)).toEqual({ values: [{ a: 1 }, jsonSequenceDone] })
  expect(decode('{"a":1}[DONE]', {}, size)).toEqual({ values: [{ a: 1 }, jsonSequenceDone] })
  expect(decode('{"a":1}\n<html>', {}, size).error).toMatchObject({
    code: 'invalid-json',
    lineNumber: 2,
    byteOffset: 8,
  })
})
