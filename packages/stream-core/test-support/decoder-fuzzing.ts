import * as fc from 'fast-check'
import type { Decoder } from '../src/decoders/decoder.ts'
import { EventStreamDecoder } from '../src/decoders/event-stream/event-stream-decoder.ts'
import { EventStreamEncoder } from '../src/decoders/event-stream/event-stream-encoder.ts'
import { JsonSequenceDecoder } from '../src/decoders/json-sequence-decoder.ts'
import { LineDecoder } from '../src/decoders/line-decoder.ts'
import { ServerSentEventDecoder } from '../src/decoders/server-sent-event-decoder.ts'
import { StreamDecodeError } from '../src/decoders/stream-decode-error.ts'
import { type Outcome, run } from './cuts.ts'
import { eventStreamMessage } from './event-stream-message-arbitrary.ts'
import { textBytes, withCuts } from './text-bytes-arbitrary.ts'

/** A decoder, and bytes that reach all parts of it: right ones, nearly right ones, and rubbish. */
export interface FuzzTarget {
  readonly name: string
  readonly create: () => Decoder<Uint8Array, unknown>
  readonly bytes: fc.Arbitrary<Uint8Array>
}

const eventPieces = ['data: ', 'data:', 'data', 'event: e', 'id: 1', 'retry: 5', ': c', '\n\n', '\0']
const jsonPieces = ['{', '}', '[', ']', '"', ':', ',', '"a":', '1', '-0.5e3', 'true', 'null', '\\', '\\u00e9', '[DONE]']

const jsonBytes = fc.oneof(
  textBytes(...jsonPieces),
  textBytes(...eventPieces, '{"a":1}', '{"a":', '[1,', '2]', 'data: {"b":"x"}\n\n', '<html>'),
)

const frameBytes = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: eventStreamMessage.map((message) => new EventStreamEncoder().encode(message)) },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 30 }) },
    ),
    { maxLength: 4 },
  )
  .chain((parts) => {
    const bytes = Uint8Array.from(parts.flatMap((part) => [...part]))
    const flips = fc.array(fc.tuple(fc.nat(Math.max(0, bytes.length - 1)), fc.nat(255)), { maxLength: 1 })
    return flips.map((list) => {
      for (const [place, mask] of list) bytes[place] = (bytes[place] ?? 0) ^ mask
      return bytes
    })
  })

export const fuzzTargets: readonly FuzzTarget[] = [
  { name: 'LineDecoder', create: () => new LineDecoder(), bytes: textBytes() },
  { name: 'LineDecoder, fatal', create: () => new LineDecoder({ fatal: true }), bytes: textBytes() },
  {
    name: 'LineDecoder, lf, short lines',
    create: () => new LineDecoder({ newline: 'lf', maxLineLength: 5 }),
    bytes: textBytes(),
  },
  { name: 'ServerSentEventDecoder', create: () => new ServerSentEventDecoder(), bytes: textBytes(...eventPieces) },
  {
    name: 'ServerSentEventDecoder, data lines, short',
    create: () => new ServerSentEventDecoder({ eventEnd: 'data-line', maxLineLength: 10 }),
    bytes: textBytes(...eventPieces),
  },
  { name: 'JsonSequenceDecoder', create: () => new JsonSequenceDecoder(), bytes: jsonBytes },
  { name: 'JsonSequenceDecoder, short', create: () => new JsonSequenceDecoder({ maxLineLength: 8 }), bytes: jsonBytes },
  { name: 'JsonSequenceDecoder, fatal', create: () => new JsonSequenceDecoder({ fatal: true }), bytes: jsonBytes },
  { name: 'EventStreamDecoder', create: () => new EventStreamDecoder({ maxFrameLength: 1000 }), bytes: frameBytes },
]

/**
 * Any bytes end in values or a `StreamDecodeError`, and any cuts of them in the same values and the same error at the same
 * place. Throws with a counterexample otherwise.
 */
export function fuzz({ create, bytes }: FuzzTarget, cases: number, seed?: number): void {
  fc.assert(
    fc.property(withCuts(bytes), ({ whole, chunks }) => {
      const expected = comparable(run(create(), [whole]))
      const actual = comparable(run(create(), chunks))
      if (expected !== actual) throw new Error(`whole: ${expected}\ncut: ${actual}`)
    }),
    { numRuns: cases, ...(seed === undefined ? {} : { seed }) },
  )
}

function comparable({ values, error }: Outcome<unknown>): string {
  return fc.stringify({ values, error: error === undefined ? undefined : describeError(error) })
}

function describeError(error: unknown): unknown {
  if (!StreamDecodeError.is(error)) throw new Error('A decoder threw what is not a StreamDecodeError', { cause: error })
  const { code, byteOffset, lineNumber, atEnd } = error
  return { code, byteOffset, lineNumber, atEnd }
}
