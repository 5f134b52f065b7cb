import { concat, from, lastValueFrom, NEVER, Observable, of, range, Subject, throwError, toArray } from 'rxjs'
import { expect, test } from 'vitest'
import { settle } from '../../test-support/probe-source.ts'
import { watchUnhandledRejections } from '../../test-support/watch-unhandled-rejections.ts'
import { QueueOverflowError } from '../operators/queue-overflow-error.ts'
import { fromObservable } from './from-observable.ts'

watchUnhandledRejections()

async function drain<T>(stream: AsyncIterable<T>, seen: T[] = []): Promise<T[]> {
  for await (const item of stream) seen.push(item)
  return seen
}

test('can be iterated, more than once', async () => {
  const stream = fromObservable(range(0, 1000))
  const all = Array.from({ length: 1000 }, (_, index) => index)
  expect(await drain(stream)).toEqual(all)
  expect(await drain(stream)).toEqual(all)
  expect(await lastValueFrom(stream.pipe(toArray()))).toEqual(all)
})

test('subscribes when the first item is wanted and unsubscribes when the run is left', async () => {
  const source = new Subject<number>()
  const iterator = fromObservable(source)[Symbol.asyncIterator]()
  expect(source.observed).toBe(false)
  const first = iterator.next()
  expect(source.observed).toBe(true)
  source.next(1)
  expect((await first).value).toBe(1)
  const pending = iterator.next()
  await iterator.return()
  expect(source.observed).toBe(false)
  expect((await pending).done).toBe(true)
})

test('keeps what is pushed while nobody asks, and gives the end after it', async () => {
  const source = new Subject<number>()
  const iterator = fromObservable(source)[Symbol.asyncIterator]()
  const first = iterator.next()
  for (const item of [1, 2, 3]) source.next(item)
  source.complete()
  await first
  expect(await drain(iterator)).toEqual([2, 3])
})

test('gives an error of the source after what waits', async () => {
  const error = new Error('reset')
  const seen: number[] = []
  const failing = concat(
    of(1, 2),
    throwError(() => error),
  )
  await expect(drain(fromObservable(failing), seen)).rejects.toBe(error)
  expect(seen).toEqual([1, 2])
})

test('errors when more than maxQueued items wait, after those that wait, and stops the source', async () => {
  let sent = 0
  const firehose = new Observable<number>((subscriber) => {
    while (!subscriber.closed && sent < 1000) subscriber.next(sent++)
  })
  const seen: number[] = []
  await expect(drain(fromObservable(firehose, { maxQueued: 3 }), seen)).rejects.toThrow(QueueOverflowError)
  // The first item was awaited and did not wait.
  expect(seen).toEqual([0, 1, 2, 3])
  expect(sent).toBe(5)
})

test('with maxQueued 0 lets nothing wait', async () => {
  const source = new Subject<number>()
  const iterator = fromObservable(source, { maxQueued: 0 })[Symbol.asyncIterator]()
  const first = iterator.next()
  source.next(1)
  expect((await first).value).toBe(1)
  source.next(2)
  await expect(iterator.next()).rejects.toThrow(QueueOverflowError)
})

test('ends with the signal', async () => {
  const controller = new AbortController()
  const run = drain(fromObservable(concat(from([1]), NEVER), { signal: controller.signal }))
  await settle()
  controller.abort(new Error('stop button'))
  await expect(run).rejects.toThrow('stop button')
})

test('takes anything with subscribe', async () => {
  const unsubscribed: string[] = []
  const foreign = {
    subscribe: (observer: { next?: (item: string) => void }) => {
      observer.next?.('a')
      return { unsubscribe: () => void unsubscribed.push('yes') }
    },
  }
  for await (const item of fromObservable<string>(foreign)) {
    expect(item).toBe('a')
    break
  }
  expect(unsubscribed).toEqual(['yes'])
})

test.each([-1, 0.5, Number.NaN])('a maxQueued of %d is refused', (maxQueued) => {
  expect(() => fromObservable(NEVER, { maxQueued })).toThrow(RangeError)
})
