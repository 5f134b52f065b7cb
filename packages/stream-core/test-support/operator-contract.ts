import { concatMap, map, Observable, of, type OperatorFunction, Subject, take } from 'rxjs'
import { TestScheduler } from 'rxjs/testing'
import { describe, expect, test } from 'vitest'

/** An operator, set up so that each item of the source gives one result at once. */
export interface OperatorUnderContract<I, O> {
  readonly create: () => OperatorFunction<I, O>
  /** Three items, by the letters of marble diagrams. */
  readonly items: Readonly<Record<'a' | 'b' | 'c', I>>
  /** What they become. */
  readonly results: Readonly<Record<'a' | 'b' | 'c', O>>
}

/** A test in marble diagrams; a frame is a millisecond of virtual time. */
export function marbleTest(name: string, run: Parameters<TestScheduler['run']>[0]): void {
  test(`${name} (marbles)`, () => {
    new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(run)
  })
}

/** What every operator of the package does with the notifications of its source. */
export function describeOperatorContract<I, O>(name: string, operator: OperatorUnderContract<I, O>): void {
  const { create, items, results } = operator

  describe(`${name} as an operator`, () => {
    marbleTest(
      'emits in order, completes, and subscribes until the completion',
      ({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('-a-b-c-|', items)
        expectObservable(source.pipe(create())).toBe('-a-b-c-|', results)
        expectSubscriptions(source.subscriptions).toBe('^------!')
      },
    )

    marbleTest('completes with an empty source', ({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<I>('--|')
      expectObservable(source.pipe(create())).toBe('--|')
      expectSubscriptions(source.subscriptions).toBe('^-!')
    })

    marbleTest('never ends with a source that never ends', ({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot<I>('--')
      expectObservable(source.pipe(create())).toBe('--')
      expectSubscriptions(source.subscriptions).toBe('^')
    })

    marbleTest(
      'passes an error of the source on, after the values before it',
      ({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('-a-b-#', items, new Error('reset'))
        expectObservable(source.pipe(create())).toBe('-a-b-#', results, new Error('reset'))
        expectSubscriptions(source.subscriptions).toBe('^----!')
      },
    )

    marbleTest(
      'unsubscribes from the source when it is unsubscribed from',
      ({ hot, expectObservable, expectSubscriptions }) => {
        const source = hot('-a-b-c-|', items)
        expectObservable(source.pipe(create()), '----!').toBe('-a-b-', results)
        expectSubscriptions(source.subscriptions).toBe('^---!')
      },
    )

    marbleTest('does not break the chain of unsubscriptions', ({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-a-b-c-|', items)
      const chain = source.pipe(
        map((item) => item),
        create(),
        concatMap((result) => of(result)),
      )
      expectObservable(chain, '----!').toBe('-a-b-', results)
      expectSubscriptions(source.subscriptions).toBe('^---!')
    })

    test('stops a synchronous source as soon as take(n) is satisfied', () => {
      const sent: I[] = []
      const firehose = new Observable<I>((subscriber) => {
        for (let count = 0; !subscriber.closed && count < 1000; count++) {
          sent.push(items.a)
          subscriber.next(items.a)
        }
      })
      const seen: O[] = []
      firehose.pipe(create(), take(3)).subscribe((result) => seen.push(result))
      expect(seen).toEqual([results.a, results.a, results.a])
      expect(sent).toHaveLength(3)
    })

    marbleTest('shares nothing between subscribers', ({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-a-b|', items)
      const shared = source.pipe(create())
      expectObservable(shared).toBe('-a-b|', results)
      expectObservable(shared, '--^').toBe('---a-b|', results)
      expectSubscriptions(source.subscriptions).toBe(['^---!', '--^---!'])
    })

    test('keeps the order when the consumer makes the source emit', () => {
      const source = new Subject<I>()
      const seen: O[] = []
      source.pipe(create()).subscribe({
        next: (result) => {
          seen.push(result)
          if (seen.length === 1) {
            source.next(items.b)
            source.next(items.c)
            source.complete()
          }
        },
        complete: () => expect(seen).toEqual([results.a, results.b, results.c]),
      })
      source.next(items.a)
      expect(seen).toEqual([results.a, results.b, results.c])
    })
  })
}
