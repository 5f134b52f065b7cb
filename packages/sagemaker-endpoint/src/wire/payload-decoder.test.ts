import { EventStreamEncoder, type EventStreamHeaders } from '@x/stream-core/decoders'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ReportedFailure } from '../errors/service-failure.ts'
import { PayloadDecoder } from './payload-decoder.ts'

const encoder = new EventStreamEncoder()

function frame(headers: Readonly<Record<string, string>>, payload: Uint8Array | string = ''): Uint8Array {
  const typed: EventStreamHeaders = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, { type: 'string', value }]),
  )
  return encoder.encode({
    headers: typed,
    payload: typeof payload === 'string' ? new TextEncoder().encode(payload) : payload,
  })
}

const part = (payload: Uint8Array | string): Uint8Array =>
  frame({ ':event-type': 'PayloadPart', ':message-type': 'event' }, payload)
const otherEvent = frame({ ':event-type': 'Usage', ':message-type': 'event' }, 'not of the answer')
const exception = frame(
  { ':exception-type': 'ModelStreamError', ':message-type': 'exception' },
  '{"Message":"x","ErrorCode":"StreamBroken"}',
)

test('gives the payloads of parts, and of nothing else, however the bytes are cut', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.uint8Array({ maxLength: 40 }).map((payload) => ({ payload })),
          fc.constant({ payload: undefined }),
        ),
      ),
      fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 }),
      (events, cuts) => {
        const bytes = Buffer.concat(events.map(({ payload }) => (payload === undefined ? otherEvent : part(payload))))
        const decoder = new PayloadDecoder()
        const payloads: Uint8Array[] = []
        for (let start = 0, cut = 0; start < bytes.length; cut++) {
          const end = start + cuts[cut % cuts.length]!
          payloads.push(...decoder.push(bytes.subarray(start, end)))
          start = end
        }
        decoder.flush()
        const expected = events.flatMap(({ payload }) => (payload === undefined ? [] : [...payload]))
        expect(payloads.flatMap((payload) => [...payload])).toEqual(expected)
      },
    ),
  )
})

test('hands out what comes before an exception in the same chunk', () => {
  const decoder = new PayloadDecoder()
  const payloads: string[] = []
  const emit = (payload: Uint8Array): void => void payloads.push(new TextDecoder().decode(payload))
  const push = (): void => decoder.pushEach(Buffer.concat([part('a'), part('b'), exception, part('c')]), emit)
  expect(push).toThrow(ReportedFailure)
  expect(payloads).toEqual(['a', 'b'])
})
