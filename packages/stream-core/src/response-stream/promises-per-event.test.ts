import { createHook } from 'node:async_hooks'
import { expect, test } from 'vitest'
import { utf8 } from '../../test-support/cuts.ts'
import type { Decoder } from '../decoders/decoder.ts'
import { LineDecoder } from '../decoders/line-decoder.ts'
import { ResponseStream } from './response-stream.ts'

// In addition to its decoding, an event costs promises. They are counted, which needs no clock.

async function promisesOf(work: () => Promise<void>): Promise<number> {
  let promises = 0
  const hook = createHook({
    init: (_id, type) => {
      if (type === 'PROMISE') promises++
    },
  }).enable()
  await work()
  hook.disable()
  return promises
}

/** Gives the same part again and again, with one promise for each. */
function repeat(part: Uint8Array, times: number): AsyncIterable<readonly Uint8Array[]> {
  let left = times
  const next = (): IteratorResult<readonly Uint8Array[], undefined> =>
    left-- > 0 ? { done: false, value: [part] } : { done: true, value: undefined }
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve(next()) }) }
}

const sameText: Decoder<string, string> = { push: (text) => [text], flush: () => [] }

/** Promises for each event once a stream is open, from the promise of its part to the `for await` of the caller. */
async function promisesPerEvent(eventsPerPart: number, decodersBehind: number): Promise<number> {
  const part = utf8('event\n'.repeat(eventsPerPart))
  const promisesForParts = async (parts: number): Promise<number> => {
    let stream = ResponseStream.fromBatches(() => repeat(part, parts)).pipeDecoder(() => new LineDecoder())
    for (let count = 0; count < decodersBehind; count++) stream = stream.pipeDecoder(() => sameText)
    let events = 0
    const promises = await promisesOf(async () => {
      for await (const _ of stream) events++
    })
    expect(events).toBe(parts * eventsPerPart)
    return promises
  }
  return ((await promisesForParts(300)) - (await promisesForParts(100))) / (200 * eventsPerPart)
}

test.each([
  { eventsPerPart: 20, decodersBehind: 0, most: 2.25 },
  { eventsPerPart: 20, decodersBehind: 1, most: 2.25 },
  { eventsPerPart: 20, decodersBehind: 5, most: 2.25 },
  { eventsPerPart: 1, decodersBehind: 0, most: 6.5 },
  { eventsPerPart: 1, decodersBehind: 1, most: 6.5 },
  { eventsPerPart: 1, decodersBehind: 5, most: 6.5 },
])(
  'an event costs at most $most promises at $eventsPerPart a part, with $decodersBehind decoders behind the first',
  async ({ eventsPerPart, decodersBehind, most }) => {
    expect(await promisesPerEvent(eventsPerPart, decodersBehind)).toBeLessThanOrEqual(most)
  },
)
