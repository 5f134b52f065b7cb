import * as fc from 'fast-check'
import type { EventStreamHeader, EventStreamMessage } from '../src/decoders/event-stream/event-stream-message.ts'

const header: fc.Arbitrary<EventStreamHeader> = fc.oneof(
  fc.record({ type: fc.constant('boolean' as const), value: fc.boolean() }),
  fc.record({ type: fc.constant('byte' as const), value: fc.integer({ min: -0x80, max: 0x7f }) }),
  fc.record({ type: fc.constant('short' as const), value: fc.integer({ min: -0x8000, max: 0x7fff }) }),
  fc.record({ type: fc.constant('integer' as const), value: fc.integer() }),
  fc.record({ type: fc.constant('long' as const), value: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }) }),
  fc.record({ type: fc.constant('binary' as const), value: fc.uint8Array({ maxLength: 20 }) }),
  fc.record({ type: fc.constant('string' as const), value: fc.string({ unit: 'grapheme', maxLength: 20 }) }),
  fc.record({ type: fc.constant('timestamp' as const), value: fc.date({ noInvalidDate: true }) }),
  fc.record({ type: fc.constant('uuid' as const), value: fc.uuid() }),
)

/** Messages with any headers of any type and any payload. */
export const eventStreamMessage: fc.Arbitrary<EventStreamMessage> = fc.record({
  headers: fc.dictionary(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), header, {
    maxKeys: 5,
    noNullPrototype: true,
  }),
  payload: fc.uint8Array({ maxLength: 200 }),
})
