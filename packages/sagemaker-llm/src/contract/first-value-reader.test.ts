import { expect, test } from 'vitest'
import { FirstValueReader } from './first-value-reader.ts'

const unknown = (): undefined => undefined

test('a stream of foreign values is unreadable, an empty one broke off', () => {
  const foreign = new FirstValueReader(unknown)
  expect(foreign.push({ weather: 'fine' })).toEqual([{ type: 'foreign' }])
  expect(foreign.end()).toEqual([
    { type: 'error', kind: 'unreadable', message: 'the stream has no value in a known format' },
  ])
  expect(new FirstValueReader(unknown).end()).toEqual([
    { type: 'error', kind: 'interrupted', message: 'the stream ended without a value' },
  ])
})

test('the first value that tells chooses the reader, which gets it and all later ones', () => {
  const pushed: unknown[] = []
  const reader = new FirstValueReader((value) =>
    value === 'tells' ? { push: (next) => (pushed.push(next), []), end: () => [] } : undefined,
  )
  for (const value of ['says nothing', 'tells', 'later']) reader.push(value)
  expect(reader.end()).toEqual([])
  expect(pushed).toEqual(['tells', 'later'])
})
