import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { settle } from '../../test-support/probe-source.ts'
import { watchUnhandledRejections } from '../../test-support/watch-unhandled-rejections.ts'
import type { Reader } from './reader.ts'
import { ReaderIterator } from './reader-iterator.ts'

watchUnhandledRejections()

/** A reader whose answers the test gives by hand; fails the test when it is asked in a way that readers do not allow. */
class ManualReader implements Reader<number> {
  closed = 0
  reads = 0
  #pending: { resolve(batch: number[] | undefined): void; reject(error: unknown): void } | undefined
  #finished = false

  read(): Promise<readonly number[] | undefined> {
    if (this.#pending !== undefined) throw new Error('asked again before the answer')
    if (this.#finished || this.closed > 0) throw new Error('asked after the end')
    this.reads++
    return new Promise((resolve, reject) => (this.#pending = { resolve, reject }))
  }

  close(): void {
    this.closed++
  }

  get isAsked(): boolean {
    return this.#pending !== undefined
  }

  answer(batch: number[] | undefined): void {
    this.#finished = batch === undefined
    this.#take()?.resolve(batch)
  }

  fail(error: unknown): void {
    this.#finished = true
    this.#take()?.reject(error)
  }

  #take(): { resolve(batch: number[] | undefined): void; reject(error: unknown): void } | undefined {
    const pending = this.#pending
    this.#pending = undefined
    return pending
  }
}

type Step = 'next' | 'settle' | 'return' | 'throw' | { readonly batch: number } | 'end' | 'fail'

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.constant('next' as const) },
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 4 }).map((batch) => ({ batch })) },
  { weight: 3, arbitrary: fc.constant('settle' as const) },
  { weight: 1, arbitrary: fc.constantFrom('return' as const, 'throw' as const, 'end' as const, 'fail' as const) },
)

test('answers any requests, made in any order, with the items in order, then the outcome once, then done', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const reader = new ManualReader()
      const iterator = new ReaderIterator(reader, undefined)
      const failure = new Error('reset')
      const answers: Promise<unknown>[] = []
      const returned: unknown[] = []
      const thrown: unknown[] = []
      let sent = 0
      let outcome: 'open' | 'left' | 'ended' | 'failed' = 'open'
      for (const current of steps) {
        if (current === 'next') {
          answers.push(
            iterator
              .next()
              .then((answer) => (answer.done === true ? 'done' : answer.value))
              .catch((error) => error),
          )
        } else if (current === 'settle') {
          await settle()
        } else if (current === 'return') {
          returned.push(await iterator.return(7))
          if (outcome === 'open') outcome = 'left'
        } else if (current === 'throw') {
          thrown.push(await iterator.throw(failure).catch((error: unknown) => error))
          if (outcome === 'open') outcome = 'left'
        } else if (reader.isAsked) {
          // Also after the consumer has left: then the answer comes too late to matter.
          if (current === 'end') reader.answer(undefined)
          else if (current === 'fail') reader.fail(failure)
          else reader.answer(Array.from({ length: current.batch }, () => sent++))
          if (outcome === 'open' && current === 'end') outcome = 'ended'
          if (outcome === 'open' && current === 'fail') outcome = 'failed'
          await settle()
        }
      }
      await settle()
      await iterator.return()
      const seen = await Promise.all(answers)
      const items = seen.filter((answer) => typeof answer === 'number')
      expect(items).toEqual(Array.from({ length: items.length }, (_, index) => index))
      const rest = seen.slice(items.length)
      const expected = rest.map((_, index) => (outcome === 'failed' && index === 0 ? failure : 'done'))
      expect(rest).toEqual(expected)
      expect(returned).toEqual(returned.map(() => ({ done: true, value: 7 })))
      expect(thrown).toEqual(thrown.map(() => failure))
      expect(reader.closed).toBe(outcome === 'ended' ? 0 : 1)
    }),
    { numRuns: 300 },
  )
})

test('a request that the batch can answer asks the reader nothing', async () => {
  const reader = new ManualReader()
  const iterator = new ReaderIterator(reader, undefined)
  const first = iterator.next()
  reader.answer([1, 2, 3])
  expect([await first, await iterator.next(), await iterator.next()].map((answer) => answer.value)).toEqual([1, 2, 3])
  expect(reader.reads).toBe(1)
})

test('a request made in the answer of an earlier one waits behind those that were made before', async () => {
  const reader = new ManualReader()
  const iterator = new ReaderIterator(reader, undefined)
  const first = iterator.next()
  const third = first.then(() => iterator.next())
  const second = iterator.next()
  reader.answer([1, 2, 3])
  expect([await first, await second, await third].map((answer) => answer.value)).toEqual([1, 2, 3])
})

test('an abort that nobody was told before leaving is not told afterwards', async () => {
  const controller = new AbortController()
  const reader = new ManualReader()
  const iterator = new ReaderIterator(reader, controller.signal)
  const first = iterator.next()
  reader.answer([1, 2])
  await first
  controller.abort()
  await iterator.return()
  expect(await iterator.next()).toEqual({ done: true, value: undefined })
})

test('listens to the signal only while it runs', async () => {
  const controller = new AbortController()
  const counts = { added: 0, removed: 0 }
  const { signal } = controller
  const add = signal.addEventListener.bind(signal)
  const remove = signal.removeEventListener.bind(signal)
  Object.defineProperty(signal, 'addEventListener', {
    value: (...args: Parameters<typeof add>) => (counts.added++, add(...args)),
  })
  Object.defineProperty(signal, 'removeEventListener', {
    value: (...args: Parameters<typeof remove>) => (counts.removed++, remove(...args)),
  })
  const abandoned = new ReaderIterator(new ManualReader(), signal)
  expect(counts.added).toBe(0)
  const pending = abandoned.next()
  expect(counts).toEqual({ added: 1, removed: 0 })
  await abandoned.return()
  await pending
  expect(counts).toEqual({ added: 1, removed: 1 })
})

test('requests that nobody waits for fail without ending the program', async () => {
  const reader = new ManualReader()
  const controller = new AbortController()
  const iterator = new ReaderIterator(reader, controller.signal)
  void iterator.next()
  void iterator.next()
  reader.fail(new Error('reset'))
  await settle()
  const aborted = new ReaderIterator(new ManualReader(), AbortSignal.abort(new Error('left')))
  void aborted.next()
  await settle()
  expect(await iterator.next()).toEqual({ done: true, value: undefined })
})
