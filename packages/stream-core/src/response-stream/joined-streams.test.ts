import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { lastValueFrom, of, toArray } from 'rxjs'
import { expect, test } from 'vitest'
import { ProbeSource, settle } from '../../test-support/probe-source.ts'
import { watchUnhandledRejections } from '../../test-support/watch-unhandled-rejections.ts'
import type { Decoder } from '../decoders/decoder.ts'
import { batch } from '../operators/batch.ts'
import { decode } from '../operators/decode.ts'
import { mapConcurrent } from '../operators/map-concurrent.ts'
import { ResponseStream } from './response-stream.ts'

watchUnhandledRejections()

const upperCase: Decoder<string, string> = { push: (text) => [text.toUpperCase()], flush: () => [] }

/** Says what it knows of an error. */
const failing = (name: string): Decoder<string, string> => ({
  push: (text) => [text],
  flush: () => [],
  fail: (error) => new Error(name, { cause: error }),
})

async function itemsOf(stream: AsyncIterable<string>): Promise<readonly string[]> {
  const items: string[] = []
  for await (const item of stream) items.push(item)
  return items
}

const later = <T>(value: T): Promise<T> => settle().then(() => value)

test('a stream that is opened as a source is read in its place, however it is read', async () => {
  const source = new ProbeSource(['a', 'b'])
  const stream = ResponseStream.from(() => later(ResponseStream.from(source.open).pipeDecoder(() => upperCase)))
  expect(await itemsOf(stream)).toEqual(['A', 'B'])
  expect(await lastValueFrom(stream.pipe(toArray()))).toEqual(['A', 'B'])
  expect(source.opened).toBe(2)
})

test('leaving it closes the source at once, and tells who opened it', async () => {
  const source = new ProbeSource(['a'], 'stall')
  let left: AbortSignal | undefined
  const stream = ResponseStream.from((signal) => {
    left = signal
    return ResponseStream.from(source.open)
  })
  const iterator = stream[Symbol.asyncIterator]()
  await iterator.next()
  const pending = iterator.next()
  await iterator.return()
  expect(await pending).toEqual({ done: true, value: undefined })
  expect(source.returned).toBe(true)
  expect(left?.aborted).toBe(true)
})

test('a failure of the source is one of the stream, and tells who opened it', async () => {
  const source = new ProbeSource(['a'], { error: new Error('reset') })
  let left: AbortSignal | undefined
  const stream = ResponseStream.from((signal) => {
    left = signal
    return ResponseStream.from(source.open)
  })
  await expect(itemsOf(stream)).rejects.toThrow('reset')
  expect(left?.reason).toEqual(new Error('reset'))
})

test.each(['for await', 'subscribe'])(
  '%s: the signal of the source ends it, through every decoder',
  async (reading) => {
    const source = new ProbeSource(['a'], 'stall')
    const controller = new AbortController()
    const stream = ResponseStream.from(() =>
      ResponseStream.from(source.open, { signal: controller.signal }).pipeDecoder(() => failing('inner')),
    ).pipeDecoder(() => failing('outer'))
    const items: string[] = []
    const ended = new Promise((resolve) => {
      if (reading === 'subscribe') stream.subscribe({ next: (item) => items.push(item), error: resolve })
      else {
        const read = async (): Promise<void> => {
          for await (const item of stream) items.push(item)
        }
        read().catch(resolve)
      }
    })
    await settle()
    controller.abort(new Error('stop'))
    expect(await ended).toMatchObject({ message: 'outer', cause: { message: 'inner', cause: { message: 'stop' } } })
    expect(items).toEqual(['a'])
    expect(source.abortReason).toEqual(new Error('stop'))
  },
)

test('a signal that has aborted before the source is opened ends it, too', async () => {
  const source = new ProbeSource(['a'])
  const signal = AbortSignal.abort(new Error('stop'))
  const stream = ResponseStream.from(() => ResponseStream.from(source.open, { signal }))
  await expect(itemsOf(stream)).rejects.toThrow('stop')
  expect(source.opened).toBe(0)
})

test('a run that is over no longer listens to the signal of its source', async () => {
  const controller = new AbortController()
  const { signal } = controller
  const listeners = new Set<unknown>()
  const add = signal.addEventListener.bind(signal)
  const remove = signal.removeEventListener.bind(signal)
  Object.assign(signal, {
    addEventListener: (...given: Parameters<typeof add>) => (listeners.add(given[1]), add(...given)),
    removeEventListener: (...given: Parameters<typeof remove>) => (listeners.delete(given[1]), remove(...given)),
  })
  const source = new ProbeSource(['a'])
  const stream = ResponseStream.from(() => ResponseStream.from(source.open, { signal }))
  await itemsOf(stream)
  await lastValueFrom(stream)
  expect(listeners.size).toBe(0)
})

test('an iterator that is forgotten half-way closes its source, although its signal lives on', async () => {
  setFlagsFromString('--expose-gc')
  const collectGarbage = runInNewContext('gc') as () => void
  const { signal } = new AbortController()
  const source = new ProbeSource(['a', 'b', 'c'])
  await ResponseStream.from(source.open, { signal })[Symbol.asyncIterator]().next()
  for (let round = 0; round < 50 && !source.returned; round++) {
    collectGarbage()
    await settle()
  }
  expect(source.returned).toBe(true)
})

const greeting: Decoder<string, string> = { start: () => ['hello'], push: (text) => [text], flush: () => ['bye'] }

test('what a decoder starts with comes before the source is opened, and goes through those behind it', async () => {
  const source = new ProbeSource(['a'])
  const stream = ResponseStream.from(source.open)
    .pipeDecoder(() => greeting)
    .pipeDecoder(() => ({ start: () => ['!'], push: (text: string) => [text.toUpperCase()], flush: () => [] }))
  const iterator = stream[Symbol.asyncIterator]()
  expect([(await iterator.next()).value, (await iterator.next()).value]).toEqual(['!', 'HELLO'])
  await settle()
  expect(source.opened).toBe(0)
  expect([(await iterator.next()).value, (await iterator.next()).value]).toEqual(['A', 'BYE'])
})

test('the operator emits what a decoder starts with, too', async () => {
  expect(
    await lastValueFrom(
      of('a').pipe(
        decode(() => greeting),
        toArray(),
      ),
    ),
  ).toEqual(['hello', 'a', 'bye'])
})

test.each([
  ['batch', batch<string>({ maxItems: 2 })],
  ['mapConcurrent', mapConcurrent(async (item: string) => item)],
] as const)('the signal of a joined stream ends what waits behind %s', async (_, operator) => {
  const source = new ProbeSource<string>([], 'stall')
  const controller = new AbortController()
  const inner = ResponseStream.from(source.open, { signal: controller.signal })
  const iterator = (operator as (source: AsyncIterable<string>) => ResponseStream<unknown>)(
    ResponseStream.from(() => inner),
  )[Symbol.asyncIterator]()
  const pending = iterator.next()
  await settle()
  controller.abort(new Error('enough'))
  await expect(pending).rejects.toThrow('enough')
  expect(source.returned).toBe(true)
})
