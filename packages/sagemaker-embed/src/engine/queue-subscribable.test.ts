import { QueueOverflowError } from '@x/stream-core'
import { EMPTY, from, Observable, range, Subject, throwError } from 'rxjs'
import { expect, test } from 'vitest'
import { queueSubscribable } from './queue-subscribable.ts'

async function take<T>(source: Observable<T>): Promise<T[]> {
  const values: T[] = []
  for await (const value of queueSubscribable<T>(source)) values.push(value)
  return values
}

test('gives everything that was pushed, in order', async () => {
  expect(await take(range(0, 3000))).toEqual(Array.from({ length: 3000 }, (_, index) => index))
  expect(await take(from(Promise.resolve('later')))).toEqual(['later'])
  expect(await take(EMPTY)).toEqual([])
})

test('gives what was pushed before an error first', async () => {
  const values: number[] = []
  const source = new Observable<number>((subscriber) => {
    subscriber.next(1)
    subscriber.next(2)
    subscriber.error(new Error('broken'))
  })
  const reading = (async () => {
    for await (const value of queueSubscribable<number>(source)) values.push(value)
  })()
  await expect(reading).rejects.toThrow('broken')
  expect(values).toEqual([1, 2])
  await expect(take(throwError(() => undefined))).rejects.toBeUndefined()
})

test('fails when more than 10,000 values wait, after those that do, and unsubscribes', async () => {
  let unsubscribed = false
  const source = new Observable<number>((subscriber) => {
    for (let value = 0; value <= 10_000; value += 1) subscriber.next(value)
    return () => {
      unsubscribed = true
    }
  })
  const iterator = queueSubscribable<number>(source)[Symbol.asyncIterator]()
  for (let value = 0; value < 10_000; value += 1) expect(await iterator.next()).toEqual({ done: false, value })
  await expect(iterator.next()).rejects.toThrow(QueueOverflowError)
  expect(unsubscribed).toBe(true)
})

test('unsubscribes from a source that pushes too much later on', async () => {
  const subject = new Subject<number>()
  const iterator = queueSubscribable<number>(subject)[Symbol.asyncIterator]()
  for (let value = 0; value < 10_000; value += 1) subject.next(value)
  expect(subject.observed).toBe(true)
  subject.next(10_000)
  expect(subject.observed).toBe(false)
  expect(await iterator.next()).toEqual({ done: false, value: 0 })
})

test('a consumer that keeps up may take any number of values', async () => {
  const subject = new Subject<number>()
  const iterator = queueSubscribable<number>(subject)[Symbol.asyncIterator]()
  for (let value = 0; value < 25_000; value += 1) {
    subject.next(value)
    expect((await iterator.next()).value).toBe(value)
  }
})

test('leaving unsubscribes, also while waiting', async () => {
  const subject = new Subject<number>()
  const iterator = queueSubscribable<number>(subject)[Symbol.asyncIterator]()
  const pending = iterator.next()
  await iterator.return?.()
  expect(subject.observed).toBe(false)
  expect(await pending).toEqual({ done: true, value: undefined })
})
