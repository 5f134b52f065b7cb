import * as rxjs from 'rxjs'
import { innerFrom } from 'rxjs/internal/observable/innerFrom'
import { asyncScheduler } from 'rxjs/internal/scheduler/async'
import { expect, test } from 'vitest'
import { Observable, Subscriber, Subscription } from './rxjs.ts'

test('what comes from files of RxJS is what its index exports', () => {
  expect(Observable).toBe(rxjs.Observable)
  expect(Subscriber).toBe(rxjs.Subscriber)
  expect(Subscription).toBe(rxjs.Subscription)
  expect(asyncScheduler).toBe(rxjs.asyncScheduler)
  expect(innerFrom([1])).toBeInstanceOf(rxjs.Observable)
})
