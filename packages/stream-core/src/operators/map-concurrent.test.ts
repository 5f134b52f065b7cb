import * as fc from 'fast-check'
import { EMPTY, from, lastValueFrom, NEVER, type Observable, of, range, Subject, take, throwError, toArray } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { describeOperatorContract, marbleTest } from '../../test-support/operator-contract.ts'
import { ProbeSource, settle } from '../../test-support/probe-source.ts'
import { watchUnhandledRejections } from '../../test-support/watch-unhandled-rejections.ts'
import { ResponseStream } from '../response-stream/response-stream.ts'
import { mapConcurrent } from './map-concurrent.ts'
import { QueueOverflowError } from './queue-overflow-error.ts'

watchUnhandledRejections()

const letters = { items: { a: 'x', b: 'y', c: 'z' }, results: { a: 'X', b: 'Y', c: 'Z' } }
describeOperatorContract('mapConcurrent', {
  ...letters,
  create: () => mapConcurrent((item: string) => of(item.toUpperCase())),
})
describeOperatorContract('mapConcurrent with ordered', {
  ...letters,
  create: () => mapConcurrent((item: string) => of(item.toUpperCase()), { ordered: true, concurrency: 1 }),
})

/** Promises that the test settles by hand, by item. */
class ManualWork<T> {
  readonly started: T[] = []
  readonly signals: AbortSignal[] = []
  running = 0
  mostRunning = 0
  readonly #settle = new Map<T, { resolve: (result: T) => void; reject: (error: unknown) => void }>()

  readonly project = (item: T, _index: number, signal: AbortSignal): Promise<T> => {
    this.started.push(item)
    this.signals.push(signal)
    this.running++
    this.mostRunning = Math.max(this.mostRunning, this.running)
    return new Promise<T>((resolve, reject) => this.#settle.set(item, { resolve, reject })).finally(
      () => this.running--,
    )
  }

  async finish(...items: T[]): Promise<void> {
    for (const item of items) this.#settle.get(item)?.resolve(item)
    await settle()
  }

  async fail(item: T, error: unknown): Promise<void> {
    this.#settle.get(item)?.reject(error)
    await settle()
  }
}

function record<T>(stream: Observable<T>): { seen: unknown[]; unsubscribe: () => void } {
  const seen: unknown[] = []
  const subscription = stream.subscribe({
    next: (item) => seen.push(item),
    error: (error: unknown) => seen.push(error),
    complete: () => seen.push('complete'),
  })
  return { seen, unsubscribe: () => subscription.unsubscribe() }
}

describe('mapConcurrent of an Observable', () => {
  marbleTest(
    'works on concurrency items at most and emits results as they come',
    ({ cold, hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-abc-----|')
      const work = { a: cold('---a|'), b: cold('-b|'), c: cold('--c|') }
      const result = source.pipe(mapConcurrent((item) => work[item as 'a' | 'b' | 'c'], { concurrency: 2 }))
      expectObservable(result).toBe('---ba-c--|')
      expectSubscriptions(source.subscriptions).toBe('^--------!')
      expectSubscriptions(work.a.subscriptions).toBe('-^---!')
      expectSubscriptions(work.b.subscriptions).toBe('--^-!')
      expectSubscriptions(work.c.subscriptions).toBe('----^--!')
    },
  )

  marbleTest(
    'emits results in the order of the items on request',
    ({ cold, hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-abc-----|')
      const work = { a: cold('---a|'), b: cold('-b|'), c: cold('--c|') }
      const options = { concurrency: 2, ordered: true }
      expectObservable(source.pipe(mapConcurrent((item) => work[item as 'a' | 'b' | 'c'], options))).toBe('----abc--|')
      expectSubscriptions(source.subscriptions).toBe('^--------!')
      expectSubscriptions(work.c.subscriptions).toBe('----^--!')
    },
  )

  marbleTest('completes when the last item is done', ({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold('ab|')
    const work = cold('---r|')
    expectObservable(source.pipe(mapConcurrent(() => work, { concurrency: 1 }))).toBe('---r---r|')
    expectSubscriptions(source.subscriptions).toBe('^-!')
    expectSubscriptions(work.subscriptions).toBe(['^---!', '----^---!'])
  })

  marbleTest('keeps the values of one result together when ordered', ({ cold, expectObservable }) => {
    const work = { a: cold('a--b--c|'), d: cold('d-e-f|') }
    const result = cold('ad|').pipe(mapConcurrent((item) => work[item as 'a' | 'd'], { ordered: true }))
    expectObservable(result).toBe('a--b--c(def|)')
  })

  marbleTest('the first error of a result cancels the rest', ({ cold, hot, expectObservable, expectSubscriptions }) => {
    const source = hot('-abc-----|')
    const work = { a: cold('-----a|'), b: cold('-#'), c: cold('c|') }
    const result = source.pipe(mapConcurrent((item) => work[item as 'a' | 'b' | 'c'], { concurrency: 2 }))
    expectObservable(result).toBe('---#')
    expectSubscriptions(source.subscriptions).toBe('^--!')
    expectSubscriptions(work.a.subscriptions).toBe('-^-!')
    expectSubscriptions(work.c.subscriptions).toBe([])
  })

  marbleTest(
    'an error of a result takes its turn when ordered, and cancels what comes after it at once',
    ({ cold, hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-abcde---|')
      const work = { a: cold('-----a|'), b: cold('--(b#)'), c: cold('------c|'), d: cold('d|'), e: cold('e|') }
      const options = { concurrency: 3, ordered: true }
      const result = source.pipe(mapConcurrent((item) => work[item as keyof typeof work], options))
      expectObservable(result).toBe('------a(b#)')
      expectSubscriptions(source.subscriptions).toBe('^---!')
      expectSubscriptions(work.a.subscriptions).toBe('-^-----!')
      expectSubscriptions(work.c.subscriptions).toBe('---^!')
      expectSubscriptions(work.d.subscriptions).toBe([])
    },
  )

  marbleTest(
    'of two errors the one of the earlier item is emitted when ordered',
    ({ cold, hot, expectObservable, expectSubscriptions }) => {
      const work = { a: cold('---a|'), b: cold('----#', {}, 'earlier'), c: cold('-#', {}, 'later') }
      const result = hot('-abc-').pipe(mapConcurrent((item) => work[item as keyof typeof work], { ordered: true }))
      expectObservable(result).toBe('----a-#', undefined, 'earlier')
      expectSubscriptions(work.c.subscriptions).toBe('---^!')
    },
  )

  marbleTest(
    'an error of the source takes its turn when ordered',
    ({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('ab#')
      const work = cold('---r|')
      expectObservable(source.pipe(mapConcurrent(() => work, { concurrency: 1, ordered: true }))).toBe('---r---r#')
      expectSubscriptions(source.subscriptions).toBe('^-!')
    },
  )

  marbleTest('an error of the source cancels the rest', ({ cold, expectObservable, expectSubscriptions }) => {
    const work = cold('--r--r|')
    expectObservable(cold('a--#').pipe(mapConcurrent(() => work))).toBe('--r#')
    expectSubscriptions(work.subscriptions).toBe('^--!')
  })

  marbleTest(
    'an error of project comes after the results before it',
    ({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-a-b-c-|')
      const project = (item: string): Observable<string> => {
        if (item === 'b') throw new Error('bad item')
        return of(item)
      }
      expectObservable(source.pipe(mapConcurrent(project))).toBe('-a-#', undefined, new Error('bad item'))
      expectSubscriptions(source.subscriptions).toBe('^--!')
    },
  )

  marbleTest('unsubscribing cancels everything', ({ cold, hot, expectObservable, expectSubscriptions }) => {
    const source = hot('-ab-----')
    const work = cold('-----r|')
    expectObservable(source.pipe(mapConcurrent(() => work)), '----!').toBe('-----')
    expectSubscriptions(source.subscriptions).toBe('^---!')
    expectSubscriptions(work.subscriptions).toBe(['-^--!', '--^-!'])
  })

  test('refuses what is neither observable nor iterable as a result', async () => {
    const project = (): Observable<number> => 5 as unknown as Observable<number>
    await expect(lastValueFrom(of(1).pipe(mapConcurrent(project)))).rejects.toThrow(TypeError)
  })

  test('numbers the items', async () => {
    const project = (item: string, index: number): string[] => [`${index}${item}`]
    expect(await lastValueFrom(from(['a', 'b']).pipe(mapConcurrent(project), toArray()))).toEqual(['0a', '1b'])
  })

  test('errors when more than maxQueued items wait', async () => {
    const work = new ManualWork<number>()
    const source = new Subject<number>()
    const { seen } = record(source.pipe(mapConcurrent(work.project, { concurrency: 2, maxQueued: 3 })))
    for (const item of [1, 2, 3, 4, 5]) source.next(item)
    expect(seen).toEqual([])
    source.next(6)
    expect(seen).toEqual([new QueueOverflowError(3)])
    expect(QueueOverflowError.is(seen[0])).toBe(true)
    expect(seen[0]).toMatchObject({ code: 'queue-overflow', maxQueued: 3, retryable: false })
    expect(source.observed).toBe(false)
    expect(work.signals.every((signal) => signal.aborted)).toBe(true)
    await work.finish(1, 2)
    expect(seen).toHaveLength(1)
  })

  test('with maxQueued 0 lets nothing wait', () => {
    const source = new Subject<number>()
    const { seen } = record(source.pipe(mapConcurrent(() => NEVER, { concurrency: 1, maxQueued: 0 })))
    source.next(1)
    expect(seen).toEqual([])
    source.next(2)
    expect(seen).toEqual([new QueueOverflowError(0)])
  })

  test('works through a long queue of results that are there at once', async () => {
    const results = range(0, 10_000).pipe(
      mapConcurrent((item) => (item === 0 ? Promise.resolve(item) : [item]), { concurrency: 1 }),
    )
    expect(await lastValueFrom(results.pipe(toArray()))).toHaveLength(10_000)
  })

  test('gives each subscription a signal, aborted only when the results are not wanted', async () => {
    const work = new ManualWork<number>()
    const source = of(1, 2).pipe(mapConcurrent(work.project))
    const whole = record(source)
    await work.finish(1, 2)
    expect(whole.seen).toEqual([1, 2, 'complete'])
    expect(work.signals.map((signal) => signal.aborted)).toEqual([false, false])
    const left = record(source)
    left.unsubscribe()
    expect(work.signals.map((signal) => signal.aborted)).toEqual([false, false, true, true])
    expect(work.signals[2]!.reason).toMatchObject({ name: 'AbortError' })
  })

  test('makes the first error the reason of the abort', async () => {
    const work = new ManualWork<number>()
    const error = new Error('refused')
    const { seen } = record(of(1, 2, 3).pipe(mapConcurrent(work.project, { concurrency: 2 })))
    await work.fail(2, error)
    expect(seen).toEqual([error])
    expect(work.signals.map((signal) => signal.reason)).toEqual([error, undefined])
    await work.fail(1, new Error('aborted'))
    expect(work.started).toEqual([1, 2])
  })

  test('stops a synchronous result in its middle', () => {
    let given = 0
    const endless = function* (): Generator<number> {
      for (;;) yield given++
    }
    const { seen } = record(of(1).pipe(mapConcurrent(endless), take(3)))
    expect(seen).toEqual([0, 1, 2, 'complete'])
    expect(given).toBeLessThanOrEqual(4)
  })

  test('keeps the order when the consumer makes a later item emit', () => {
    const work = { a: new Subject<string>(), b: new Subject<string>() }
    const seen: string[] = []
    from(['a', 'b'] as const)
      .pipe(mapConcurrent((item) => work[item], { ordered: true }))
      .subscribe((result) => {
        seen.push(result)
        if (result === 'a1') work.b.next('b1')
      })
    work.a.next('a1')
    work.a.next('a2')
    work.a.complete()
    expect(seen).toEqual(['a1', 'a2', 'b1'])
  })

  test('keeps to the error of the earlier item when a project makes it fail and fails itself', () => {
    const work = { slow: new Subject<string>(), earlier: new Subject<string>() }
    const project = (item: 'slow' | 'earlier' | 'later'): Observable<string> => {
      if (item !== 'later') return work[item]
      work.earlier.error('earlier')
      throw new Error('later')
    }
    const { seen } = record(from(['slow', 'earlier', 'later'] as const).pipe(mapConcurrent(project, { ordered: true })))
    work.slow.next('result')
    expect(seen).toEqual(['result'])
    work.slow.complete()
    expect(seen).toEqual(['result', 'earlier'])
  })

  test('closes a result that is a stalled async iterable', async () => {
    const source = new ProbeSource(['a'], 'stall')
    const results = of(1).pipe(mapConcurrent(() => source.open(new AbortController().signal)))
    const { seen, unsubscribe } = record(results)
    await settle()
    expect(seen).toEqual(['a'])
    unsubscribe()
    expect(source.returned).toBe(true)
  })

  test('does not let finished items pile up behind a slow one', async () => {
    const work = new ManualWork<number>()
    const { seen } = record(range(1, 100).pipe(mapConcurrent(work.project, { concurrency: 3, ordered: true })))
    await work.finish(...Array.from({ length: 99 }, (_, index) => index + 2))
    for (let item = 2; item <= 100; item++) await work.finish(item)
    expect(work.started).toEqual([1, 2, 3, 4, 5, 6])
    expect(work.mostRunning).toBe(3)
    await work.finish(1)
    expect(seen).toEqual([1, 2, 3, 4, 5, 6])
  })

  test('completes for items without results', async () => {
    expect(
      await lastValueFrom(
        range(0, 10).pipe(
          mapConcurrent(() => EMPTY),
          toArray(),
        ),
      ),
    ).toEqual([])
    const ordered = range(0, 10).pipe(
      mapConcurrent(() => EMPTY, { ordered: true }),
      toArray(),
    )
    expect(await lastValueFrom(ordered)).toEqual([])
  })
})

describe.each([{ ordered: false }, { ordered: true }])('mapConcurrent that is pulled from, $ordered', ({ ordered }) => {
  test('gives the results of iterables, async iterables and ResponseStreams', async () => {
    const double = mapConcurrent(async (item: number) => item * 2, { ordered })
    const source = new ProbeSource([1, 2, 3])
    for (const input of [[1, 2, 3], source.open(new AbortController().signal), ResponseStream.from(() => [1, 2, 3])]) {
      const seen: number[] = []
      for await (const result of double(input)) seen.push(result)
      expect(seen).toEqual([2, 4, 6])
    }
  })

  test('takes nothing before the first result is wanted, and then only what it can work on', async () => {
    const source = new ProbeSource(Array.from({ length: 100 }, (_, index) => index))
    const work = new ManualWork<number>()
    const stream = mapConcurrent(work.project, { concurrency: 3, ordered })(ResponseStream.from(source.open))
    const iterator = stream[Symbol.asyncIterator]()
    await settle()
    expect(source.pulls).toBe(0)
    const first = iterator.next()
    await settle()
    expect(source.pulls).toBe(3)
    expect(work.started).toEqual([0, 1, 2])
    await work.finish(0)
    expect((await first).value).toBe(0)
    await settle()
    expect(work.started).toEqual([0, 1, 2, 3])
    await iterator.return()
  })

  test('leaves at most twice concurrency items waiting for a slow consumer', async () => {
    const source = new ProbeSource(Array.from({ length: 1000 }, (_, index) => index))
    const project = async (item: number): Promise<number> => item
    const stream = mapConcurrent(project, { concurrency: 4, ordered })(ResponseStream.from(source.open))
    const iterator = stream[Symbol.asyncIterator]()
    for (let taken = 1; taken <= 50; taken++) {
      await iterator.next()
      await settle()
      expect(source.pulls).toBeLessThanOrEqual(taken + 8)
    }
    await iterator.return()
    expect(source.returned).toBe(true)
  })

  test('works through the values of one chunk before it takes the next', async () => {
    const source = new ProbeSource(['abcdefghij', 'klmnopqrst'])
    const characters = ResponseStream.from(source.open).pipeDecoder(() => ({
      push: (text: string) => text.split(''),
      flush: () => [],
    }))
    const work = new ManualWork<string>()
    const iterator = mapConcurrent(work.project, { concurrency: 2, ordered })(characters)[Symbol.asyncIterator]()
    for (let taken = 1; taken <= 6; taken++) {
      const result = iterator.next()
      await settle()
      await work.finish(...work.started)
      await result
      expect(work.started.length).toBeLessThanOrEqual(taken + 4)
      expect(source.pulls === 1 || work.started.length >= 10).toBe(true)
    }
    expect(work.mostRunning).toBe(2)
    await iterator.return()
  })

  test('pulls in pipe as well, with no queue to overflow', async () => {
    const source = new ProbeSource(Array.from({ length: 100 }, (_, index) => index))
    const work = new ManualWork<number>()
    const options = { concurrency: 2, ordered, maxQueued: 0 }
    const { seen, unsubscribe } = record(ResponseStream.from(source.open).pipe(mapConcurrent(work.project, options)))
    await settle()
    expect(source.pulls).toBe(2)
    await work.finish(0, 1)
    expect(seen).toEqual([0, 1])
    expect(source.pulls).toBe(4)
    unsubscribe()
    expect(source.returned).toBe(true)
    expect(work.signals.map((signal) => signal.aborted)).toEqual([false, false, true, true])
  })

  test('leaving aborts the projects and closes a stalled source', async () => {
    const source = new ProbeSource([1, 2], 'stall')
    const work = new ManualWork<number>()
    const iterator = mapConcurrent(work.project, { ordered })(ResponseStream.from(source.open))[Symbol.asyncIterator]()
    const pending = iterator.next()
    await settle()
    await iterator.return()
    expect((await pending).done).toBe(true)
    expect(source.returned).toBe(true)
    expect(work.signals.map((signal) => signal.aborted)).toEqual([true, true])
  })

  test('throw() makes its error the reason of the abort', async () => {
    const source = new ProbeSource([1, 2], 'stall')
    const work = new ManualWork<number>()
    const iterator = mapConcurrent(work.project, { ordered })(ResponseStream.from(source.open))[Symbol.asyncIterator]()
    void iterator.next()
    await settle()
    const error = new Error('enough')
    await expect(iterator.throw(error)).rejects.toBe(error)
    expect(work.signals.map((signal) => signal.reason)).toEqual([error, error])
    expect(source.abortReason).toBe(error)
  })

  test('an error of project closes the source and comes after the results before it', async () => {
    const source = new ProbeSource([1, 2, 3, 4], 'stall')
    const error = new Error('refused')
    const project = async (item: number): Promise<number> => {
      if (item === 3) throw error
      return item
    }
    const stream = mapConcurrent(project, { concurrency: 1, ordered })(ResponseStream.from(source.open))
    const seen: number[] = []
    await expect(
      (async () => {
        for await (const result of stream) seen.push(result)
      })(),
    ).rejects.toBe(error)
    expect(seen).toEqual([1, 2])
    expect(source.abortReason).toBe(error)
  })

  test('an error of the source is the error, once', async () => {
    const source = new ProbeSource([1], { error: new Error('reset') })
    const stream = mapConcurrent((item: number) => of(item), { ordered })(ResponseStream.from(source.open))
    const { seen } = record(stream)
    await settle()
    expect(seen).toEqual([1, new Error('reset')])
  })

  test('two iterations are two runs', async () => {
    const source = new ProbeSource([1, 2])
    const stream = mapConcurrent((item: number) => [item, item * 10], { ordered })(ResponseStream.from(source.open))
    for (let run = 0; run < 2; run++) {
      const seen: number[] = []
      for await (const result of stream) seen.push(result)
      expect(seen).toEqual([1, 10, 2, 20])
    }
    expect(source.opened).toBe(2)
  })
})

test('pulled from and ordered, starts nothing that the source gives after an error', async () => {
  const work = new ManualWork<number>()
  let bring: (item: number) => void = () => {}
  const source = async function* (): AsyncGenerator<number> {
    yield 1
    yield 2
    yield await new Promise<number>((resolve) => (bring = resolve))
  }
  const { seen } = record(mapConcurrent(work.project, { concurrency: 3, ordered: true })(source()))
  await settle()
  await work.fail(2, 'refused')
  bring(3)
  await settle()
  expect(work.started).toEqual([1, 2])
  await work.finish(1)
  expect(seen).toEqual([1, 'refused'])
})

test('pulled from and ordered, an error of a result closes the source at once and takes its turn', async () => {
  const source = new ProbeSource([1, 2, 3], 'stall')
  const work = new ManualWork<number>()
  const stream = mapConcurrent(work.project, { concurrency: 3, ordered: true })(ResponseStream.from(source.open))
  const { seen } = record(stream)
  await settle()
  const error = new Error('refused')
  await work.fail(2, error)
  expect(source.abortReason).toBe(error)
  expect(work.signals.map((signal) => signal.reason)).toEqual([undefined, undefined, error])
  expect(seen).toEqual([])
  await work.finish(1)
  expect(seen).toEqual([1, error])
})

test.each([0, -1, 1.5, Number.NaN])('a concurrency of %d is refused', (concurrency) => {
  expect(() => mapConcurrent(() => EMPTY, { concurrency })).toThrow(RangeError)
})

test.each([-1, 0.5, Number.NaN])('a maxQueued of %d is refused', (maxQueued) => {
  expect(() => mapConcurrent(() => throwError(() => 1), { maxQueued })).toThrow(RangeError)
})

describe.each([
  ['an Observable', (items: readonly number[]): Observable<number> => from(items)],
  ['a ResponseStream', (items: readonly number[]): Observable<number> => ResponseStream.from(() => items)],
])('mapConcurrent of %s, in any order of completion', (_, create) => {
  const options = fc.record({ concurrency: fc.integer({ min: 1, max: 5 }), ordered: fc.boolean() })
  const failing = fc.option(fc.integer({ min: 0, max: 20 }), { freq: 2 })
  const count = fc.integer({ min: 0, max: 20 })

  test('emits what one item at a time would emit when ordered, else the same in any order, and keeps to concurrency', async () => {
    await fc.assert(
      fc.asyncProperty(count, failing, options, fc.scheduler(), async (length, failingItem, given, scheduler) => {
        const items = Array.from({ length }, (_unused, index) => index)
        let running = 0
        let mostRunning = 0
        const project = async (item: number): Promise<number> => {
          running++
          mostRunning = Math.max(mostRunning, running)
          await scheduler.schedule(Promise.resolve())
          running--
          if (item === failingItem) throw new Error('refused')
          return item
        }
        const { seen } = record(create(items).pipe(mapConcurrent(project, given)))
        await scheduler.waitIdle()
        await settle()
        const fails = failingItem !== null && failingItem < length
        const outcome = seen.pop()
        expect(outcome).toEqual(fails ? new Error('refused') : 'complete')
        if (!given.ordered) (seen as number[]).sort((a, b) => a - b)
        const inTurn = items.slice(0, fails ? failingItem : length)
        const expected = fails && !given.ordered ? items.filter((item) => seen.includes(item)) : inTurn
        expect(seen).toEqual(expected)
        expect(mostRunning).toBeLessThanOrEqual(given.concurrency)
      }),
      { numRuns: 100 },
    )
  })
})
