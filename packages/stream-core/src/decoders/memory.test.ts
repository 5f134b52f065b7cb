import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test, vi } from 'vitest'
import { utf8 } from '../../test-support/cuts.ts'
import type { Decoder } from './decoder.ts'
import { EventStreamDecoder } from './event-stream/event-stream-decoder.ts'
import { EventStreamEncoder } from './event-stream/event-stream-encoder.ts'
import { JsonSequenceDecoder } from './json-sequence-decoder.ts'
import { LineDecoder } from './line-decoder.ts'
import { ServerSentEventDecoder } from './server-sent-event-decoder.ts'

// Much work per test, on machines that may be slow and busy.
vi.setConfig({ testTimeout: 60_000 })

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const mebibyte = 1024 * 1024

function usedMemory(): number {
  collectGarbage()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

const frame = new EventStreamEncoder().encode({ headers: {}, payload: new Uint8Array(1000) })

test.each<[string, Decoder<Uint8Array, unknown>, Uint8Array]>([
  ['LineDecoder', new LineDecoder(), utf8('abc def ghi\n'.repeat(100) + 'cut')],
  ['ServerSentEventDecoder', new ServerSentEventDecoder(), utf8('data: abc\n\n: comment\n'.repeat(100))],
  ['JsonSequenceDecoder, lines', new JsonSequenceDecoder(), utf8('{"a":[1,2,3]}\n'.repeat(100))],
  ['JsonSequenceDecoder, no line ends', new JsonSequenceDecoder(), utf8('{"a":[1,2,3]}'.repeat(100))],
  ['JsonSequenceDecoder, events', new JsonSequenceDecoder(), utf8('data: {"a":[1,2,3]}\n\n'.repeat(100))],
  ['EventStreamDecoder', new EventStreamDecoder(), frame],
])('%s holds no more after 30 MB than its unfinished item', (_name, decoder, chunk) => {
  decoder.push(chunk)
  const before = usedMemory()
  for (let bytes = 0; bytes < 30 * mebibyte; bytes += chunk.length) decoder.push(chunk)
  expect(usedMemory() - before).toBeLessThan(2 * mebibyte)
})

test('a frame that says it is long sets no memory aside when the limit refuses it', () => {
  const prelude = new EventStreamEncoder().encode({ headers: {}, payload: new Uint8Array(8 * mebibyte) }).slice(0, 12)
  collectGarbage()
  const before = process.memoryUsage().arrayBuffers
  const decoder = new EventStreamDecoder({ maxFrameLength: mebibyte })
  expect(() => decoder.push(prelude)).toThrow('frame-too-long')
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(mebibyte)
})
