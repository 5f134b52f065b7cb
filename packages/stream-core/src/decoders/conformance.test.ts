import { readdirSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { corpus } from '../../scripts/conformance/corpus.ts'
import type { Scenario } from '../../scripts/conformance/scenario.ts'
import { chunkSizes, cutAnywhere, cutEvery, type Outcome, run } from '../../test-support/cuts.ts'
import type { Decoder } from './decoder.ts'
import { EventStreamDecoder } from './event-stream/event-stream-decoder.ts'
import type { EventStreamHeader, EventStreamMessage } from './event-stream/event-stream-message.ts'
import { JsonSequenceDecoder } from './json-sequence-decoder.ts'
import { jsonSequenceDone } from './json/json-value-reader.ts'
import { LineDecoder } from './line-decoder.ts'
import { ServerSentEventDecoder } from './server-sent-event-decoder.ts'
import { StreamDecodeError } from './stream-decode-error.ts'

// Much work per test, on machines that may be slow and busy.
vi.setConfig({ testTimeout: 60_000 })

type Decode = (options: object, chunks: readonly Uint8Array[]) => Outcome<unknown>

const decodeWith =
  <O>(create: (options: object) => Decoder<Uint8Array, O>, write: (value: O) => unknown): Decode =>
  (options, chunks) => {
    const { values, error } = run(create(options), chunks)
    return { values: values.map(write), error }
  }

const decoders: Readonly<Record<string, Decode>> = {
  'lines.json': decodeWith(
    (options) => new LineDecoder(options),
    (line) => line,
  ),
  'server-sent-events.json': decodeWith((options) => new ServerSentEventDecoder(options), writeEvent),
  'json-values.json': decodeWith(
    (options) => new JsonSequenceDecoder(options),
    (value) => (value === jsonSequenceDone ? { done: true } : { json: value }),
  ),
  'event-stream.json': decodeWith((options) => new EventStreamDecoder(options), writeMessage),
}

function writeEvent({ retry, ...event }: { retry: number | undefined }): unknown {
  return retry === undefined ? event : { ...event, retry }
}

function writeMessage({ headers, payload }: EventStreamMessage): unknown {
  const written = Object.entries(headers).map(([name, header]) => [
    name,
    { type: header.type, value: writeHeader(header) },
  ])
  return { headers: Object.fromEntries(written), payload: Buffer.from(payload).toString('base64') }
}

function writeHeader({ value }: EventStreamHeader): unknown {
  if (typeof value === 'bigint') return String(value)
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  return value instanceof Date ? value.getTime() : value
}

function describeError(error: unknown): unknown {
  if (!StreamDecodeError.is(error)) return error
  const { code, byteOffset, lineNumber, atEnd } = error
  return { code, byteOffset, lineNumber, atEnd }
}

const folder = new URL('../../conformance/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
const read = (file: string): { scenarios: Scenario<unknown>[] } =>
  JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { scenarios: Scenario<unknown>[] }

test('the files are those that the script makes', () => {
  expect(Object.fromEntries(files.map((file) => [file, read(file)]))).toEqual(corpus)
})

describe.each(files)('%s', (file) => {
  const { scenarios } = read(file)

  test('no two scenarios have the same name', () => {
    expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length)
  })

  test.each(scenarios)('$name', ({ options, input, cuts, values, error }) => {
    const bytes =
      'text' in input ? new TextEncoder().encode(input.text) : new Uint8Array(Buffer.from(input.base64, 'base64'))
    const check = (chunks: readonly Uint8Array[]): void => {
      const outcome = decoders[file]!(options, chunks)
      expect({ values: outcome.values, error: describeError(outcome.error) }).toEqual({ values, error })
    }
    for (const size of chunkSizes) check(cutEvery(bytes, size))
    check([0, ...cuts].map((cut, index) => bytes.slice(cut, cuts[index])))
    fc.assert(fc.property(cutAnywhere(bytes), check), { numRuns: 20 })
  })
})
