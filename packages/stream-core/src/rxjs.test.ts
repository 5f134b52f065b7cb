import * as rxjs from 'rxjs'
import { expect, test } from 'vitest'
import { asyncScheduler, innerFrom, Observable, Subscriber, Subscription } from './rxjs.ts'

test('what comes from files of RxJS is what its index exports', () => {
  expect(Observable).toBe(rxjs.Observable)
  expect(Subscriber).toBe(rxjs.Subscriber)
  expect(Subscription).toBe(rxjs.Subscription)
  expect(asyncScheduler).toBe(rxjs.asyncScheduler)
  expect(innerFrom([1])).toBeInstanceOf(rxjs.Observable)
})
