import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import * as rxjs from 'rxjs'
import { expect, test } from 'vitest'
import { Observable, Subscriber, Subscription } from './observable.ts'
import { asyncScheduler, innerFrom } from './operator-parts.ts'

test('what comes from files of RxJS is what its index exports', () => {
  expect(Observable).toBe(rxjs.Observable)
  expect(Subscriber).toBe(rxjs.Subscriber)
  expect(Subscription).toBe(rxjs.Subscription)
  expect(asyncScheduler).toBe(rxjs.asyncScheduler)
  expect(innerFrom([1])).toBeInstanceOf(rxjs.Observable)
})

test('no other folder imports from files of RxJS, or more than types from its index', () => {
  const source = path.join(import.meta.dirname, '..')
  const importers = globSync('**/*.ts', { cwd: source }).filter(
    (file) =>
      !file.includes('.test') && /^(?!import type).*from 'rxjs/m.test(readFileSync(path.join(source, file), 'utf8')),
  )
  expect(importers.toSorted()).toEqual(['rxjs/observable.ts', 'rxjs/operator-parts.ts'])
})
