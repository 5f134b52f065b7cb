import * as fc from 'fast-check'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { from, lastValueFrom, type Observable, of, Subject, take, toArray } from 'rxjs'
import { describeOperatorContract, marbleTest } from '../../test-support/operator-contract.ts'
import { ProbeSource, settle } from '../../test-support/probe-source.ts'
import { watchUnhandledRejections } from '../../test-support/watch-unhandled-rejections.ts'
import { ResponseStream } from '../response-stream/response-stream.ts'
import { batch } from './batch.ts'

watchUnhandledRejections()

describeOperatorContract('batch of one', {
  create: () => batch<string>({ maxItems: 1 }),
  items: { a: 'x', b: 'y', c: 'z' },
  results: { a: ['x'], b: ['y'], c: ['z'] },
})

const batches = { x: ['a', 'b'], y: ['c', 'd'], z: ['e'], f: ['a'], g: ['b'], h: ['c'], i: ['b', 'c'], j: ['d'] }

describe('batch of an Observable', () => {
  marbleTest(
    'emits a batch when it has maxItems, and what is left at the end',
    ({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-a-b-c-d-e-|')
      expectObservable(source.pipe(batch({ maxItems: 2 }))).toBe('---x---y---(z|)', batches)
      expectSubscriptions(source.subscriptions).toBe('^----------!')
    },
  )

  marbleTest('emits what is left before an error of the source', ({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold('-a-b-c-#')
    expectObservable(source.pipe(batch({ maxItems: 2 }))).toBe('---x---(h#)', batches)
    expectSubscriptions(source.subscriptions).toBe('^------!')
  })

  marbleTest('emits nothing for nothing', ({ cold, expectObservable }) => {
    expectObservable(cold('--|').pipe(batch({ maxItems: 2, maxWaitMs: 1 }))).toBe('--|')
  })

  marbleTest(
    'emits a batch when its first item has waited for maxWaitMs',
    ({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-a--------b-c----d|')
      expectObservable(source.pipe(batch({ maxItems: 10, maxWaitMs: 4 }))).toBe('-----f--------i---(j|)', batches)
      expectSubscriptions(source.subscriptions).toBe('^-----------------!')
    },
  )

  marbleTest('emits a batch as soon as it has maxBytes', ({ hot, expectObservable }) => {
    expectObservable(hot('-a-b-----c--|').pipe(batch({ maxBytes: 2 }))).toBe('---x--------(h|)', batches)
  })

  marbleTest('counts the time of an item that did not fit from its arrival', ({ hot, expectObservable }) => {
    const options = { maxBytes: 3, maxWaitMs: 4, sizeOf: () => 2 }
    expectObservable(hot('-a--b---------|').pipe(batch(options))).toBe('----f---g-----|', batches)
  })

  marbleTest('counts the time anew after a full batch', ({ hot, expectObservable }) => {
    const source = hot('-a-b-----c---------|')
    expectObservable(source.pipe(batch({ maxItems: 2, maxWaitMs: 4 }))).toBe('---x---------h-----|', batches)
  })

  marbleTest('stops the clock when it is unsubscribed from', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot('-a--------')
    expectObservable(source.pipe(batch({ maxWaitMs: 4 })), '---!').toBe('----')
    expectSubscriptions(source.subscriptions).toBe('^--!')
  })
})

test('leaves no timer behind', () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const source = new Subject<string>()
  const left = source.pipe(batch({ maxWaitMs: 1000 })).subscribe()
  source.next('a')
  expect(vi.getTimerCount()).toBe(1)
  left.unsubscribe()
  expect(vi.getTimerCount()).toBe(0)
  source.pipe(batch({ maxWaitMs: 1000 })).subscribe()
  source.next('a')
  source.complete()
  expect(vi.getTimerCount()).toBe(0)
})

describe.each([
  ['an Observable', (items: readonly string[]): Observable<string> => from(items)],
  ['an iterable', (items: readonly string[]): Iterable<string> => items],
  ['a ResponseStream', (items: readonly string[]): Observable<string> => ResponseStream.from(() => items)],
])('batch of %s', (_, create) => {
  const run = (
    items: readonly string[],
    options: Parameters<typeof batch<string>>[0],
  ): Promise<(readonly string[])[]> =>
    lastValueFrom(batch<string>(options)(create(items) as Observable<string>).pipe(toArray()))

  test('starts the next batch with the item that would exceed maxBytes', async () => {
    expect(await run(['aa', 'bb', 'c', 'dddd', 'e'], { maxBytes: 5 })).toEqual([
      ['aa', 'bb', 'c'],
      ['dddd', 'e'],
    ])
    expect(await run(['aa', 'bb', 'cc', 'd'], { maxBytes: 5 })).toEqual([
      ['aa', 'bb'],
      ['cc', 'd'],
    ])
  })

  test('an item that is too large gets its own batch', async () => {
    expect(await run(['a', 'bbbbbb', 'c'], { maxBytes: 3 })).toEqual([['a'], ['bbbbbb'], ['c']])
  })

  test('counts UTF-8 bytes', async () => {
    expect(await run(['é', 'é', '🙂'], { maxBytes: 4 })).toEqual([['é', 'é'], ['🙂']])
  })

  test('takes the limit that is reached first', async () => {
    expect(await run(['a', 'b', 'c', 'dddd', 'e'], { maxItems: 2, maxBytes: 4 })).toEqual([
      ['a', 'b'],
      ['c'],
      ['dddd'],
      ['e'],
    ])
  })

  test('takes sizes from sizeOf, once per item', async () => {
    const asked: string[] = []
    const sizeOf = (item: string): number => {
      asked.push(item)
      return item === 'b' ? 10 : 1
    }
    expect(await run(['a', 'b', 'c'], { maxBytes: 10, sizeOf })).toEqual([['a'], ['b'], ['c']])
    expect(asked).toEqual(['a', 'b', 'c'])
  })

  test('emits what came before an error of sizeOf first', async () => {
    const sizeOf = (item: string): number => {
      if (item === 'c') throw new Error('no size')
      return 1
    }
    const seen: unknown[] = []
    const result = batch<string>({ maxItems: 10, maxBytes: 10, sizeOf })(
      create(['a', 'b', 'c', 'd']) as Observable<string>,
    )
    await expect(result.forEach((items) => seen.push(items))).rejects.toThrow('no size')
    expect(seen).toEqual([['a', 'b']])
  })

  test.each([Number.NaN, -1])('refuses a size of %d', async (size) => {
    await expect(run(['a'], { maxBytes: 10, sizeOf: () => size })).rejects.toThrow(RangeError)
  })

  test('starts anew with each subscription', async () => {
    const result = batch<string>({ maxItems: 2 })(create(['a', 'b', 'c']) as Observable<string>)
    expect(await lastValueFrom(result.pipe(toArray()))).toEqual([['a', 'b'], ['c']])
    expect(await lastValueFrom(result.pipe(toArray()))).toEqual([['a', 'b'], ['c']])
  })
})

describe('batch that is pulled from', () => {
  test('asks for the items of one batch at a time', async () => {
    const source = new ProbeSource(['a', 'b', 'c', 'd', 'e'])
    const iterator = batch<string>({ maxItems: 2 })(ResponseStream.from(source.open))[Symbol.asyncIterator]()
    await settle()
    expect(source.pulls).toBe(0)
    expect((await iterator.next()).value).toEqual(['a', 'b'])
    await settle()
    expect(source.pulls).toBe(2)
    expect((await iterator.next()).value).toEqual(['c', 'd'])
    expect((await iterator.next()).value).toEqual(['e'])
    expect((await iterator.next()).done).toBe(true)
  })

  test('pulls in pipe as well', async () => {
    const source = new ProbeSource(['a', 'b', 'c', 'd', 'e', 'f'])
    const seen = await lastValueFrom(ResponseStream.from(source.open).pipe(batch({ maxItems: 2 }), take(1), toArray()))
    expect(seen).toEqual([['a', 'b']])
    expect(source.pulls).toBe(2)
    expect(source.returned).toBe(true)
  })

  test('hands out what there is after maxWaitMs and keeps waiting for the same item', async () => {
    let bring: (item: string) => void = () => {}
    const stream = batch<string>({ maxItems: 10, maxWaitMs: 5 })(
      (async function* () {
        yield 'a'
        yield await new Promise<string>((resolve) => (bring = resolve))
      })(),
    )
    const iterator = stream[Symbol.asyncIterator]()
    expect((await iterator.next()).value).toEqual(['a'])
    const second = iterator.next()
    bring('b')
    expect((await second).value).toEqual(['b'])
    expect((await iterator.next()).done).toBe(true)
  })

  test('sets one timer per batch, however many items it is filled with', async () => {
    const timers = [vi.spyOn(globalThis, 'setTimeout'), vi.spyOn(globalThis, 'setInterval')]
    onTestFinished(() => timers.forEach((timer) => timer.mockRestore()))
    const sizes: number[] = []
    const texts = Array.from({ length: 10 }, (_, index) => `text ${index}`)
    for await (const items of batch<string>({ maxItems: 5, maxWaitMs: 1000 })(texts)) sizes.push(items.length)
    expect(sizes).toEqual([5, 5])
    expect(timers.flatMap(({ mock }) => mock.calls.map(([, delayMs]) => delayMs))).toEqual([1000, 1000])
  })

  test('hands out what there is before an error of the source', async () => {
    const source = new ProbeSource(['a', 'b', 'c'], { error: new Error('reset') })
    const iterator = batch<string>({ maxItems: 2 })(ResponseStream.from(source.open))[Symbol.asyncIterator]()
    await iterator.next()
    expect((await iterator.next()).value).toEqual(['c'])
    await expect(iterator.next()).rejects.toThrow('reset')
  })

  test('closes the source when sizeOf throws', async () => {
    const source = new ProbeSource(['a', 'b'], 'stall')
    const error = new Error('no size')
    const sizeOf = (item: string): number => {
      if (item === 'b') throw error
      return 1
    }
    const iterator = batch({ maxBytes: 10, sizeOf })(ResponseStream.from(source.open))[Symbol.asyncIterator]()
    expect((await iterator.next()).value).toEqual(['a'])
    expect(source.abortReason).toBe(error)
    await expect(iterator.next()).rejects.toBe(error)
  })

  test('leaves no timer behind', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const source = new ProbeSource(['a', 'b', 'c'], 'stall')
    const stream = batch<string>({ maxItems: 2, maxWaitMs: 1000 })(ResponseStream.from(source.open))
    const iterator = stream[Symbol.asyncIterator]()
    expect((await iterator.next()).value).toEqual(['a', 'b'])
    expect(vi.getTimerCount()).toBe(0)
    const pending = iterator.next()
    await vi.advanceTimersByTimeAsync(10)
    expect(vi.getTimerCount()).toBe(1)
    await iterator.return()
    expect((await pending).done).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('closes a stalled source at once', async () => {
    const source = new ProbeSource(['a'], 'stall')
    const iterator = batch<string>({ maxItems: 2 })(ResponseStream.from(source.open))[Symbol.asyncIterator]()
    const pending = iterator.next()
    await settle()
    await iterator.return()
    expect(source.returned).toBe(true)
    expect((await pending).done).toBe(true)
  })
})

describe('options of batch', () => {
  test('need a limit', () => {
    expect(() => batch({})).toThrow('batch needs a limit')
    expect(() => batch({ sizeOf: () => 1 })).toThrow(TypeError)
  })

  test.each(['maxItems', 'maxBytes', 'maxWaitMs'])('refuse a %s that makes no sense', (name) => {
    for (const limit of [0, -1, Number.NaN, name === 'maxWaitMs' ? 2 ** 31 : 1.5])
      expect(() => batch({ [name]: limit })).toThrow(RangeError)
  })

  test('need a sizeOf for items that are neither strings nor bytes', async () => {
    await expect(lastValueFrom(of({ text: 'a' }).pipe(batch({ maxBytes: 10 })))).rejects.toThrow(
      'maxBytes needs a sizeOf',
    )
    const bytes = [new Uint8Array(2), new ArrayBuffer(2), new Uint8Array(1)]
    expect(await lastValueFrom(from(bytes).pipe(batch({ maxBytes: 4 }), toArray()))).toHaveLength(2)
  })
})

describe.each([
  ['an Observable', (items: readonly string[]): Observable<string> => from(items)],
  ['a ResponseStream', (items: readonly string[]): Observable<string> => ResponseStream.from(() => items)],
])('any batches of %s', (_, create) => {
  test('hold all items in order, keep the limits, and could not be larger', async () => {
    const limits = fc.record({ maxItems: fc.integer({ min: 1, max: 5 }), maxBytes: fc.integer({ min: 1, max: 12 }) })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ maxLength: 6, unit: 'grapheme' })), limits, async (items, options) => {
        const result = await lastValueFrom(create(items).pipe(batch(options), toArray()))
        expect(result.flat()).toEqual(items)
        const bytes = (texts: readonly string[]): number => new TextEncoder().encode(texts.join('')).length
        for (const [index, texts] of result.entries()) {
          expect(texts.length).toBeGreaterThan(0)
          expect(texts.length).toBeLessThanOrEqual(options.maxItems)
          expect(texts.length === 1 || bytes(texts) <= options.maxBytes).toBe(true)
          const next = result[index + 1]?.[0]
          const isFull = texts.length === options.maxItems || bytes(texts) >= options.maxBytes
          expect(next === undefined || isFull || bytes([...texts, next]) > options.maxBytes).toBe(true)
        }
      }),
    )
  })
})
