import { expect, test } from 'vitest'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { createRequestLog } from './request-log.ts'

const request = (index: number, length: number): ReceivedRequest =>
  ({ index, body: new Uint8Array(length) }) as unknown as ReceivedRequest

test('keeps the latest requests up to a number', () => {
  const log = createRequestLog(2)
  for (const index of [0, 1, 2]) log.add(request(index, 1))
  expect(log.requests.map(({ index }) => index)).toEqual([1, 2])
})

test('keeps no more than 100 MiB of bodies, but always the latest request', () => {
  const log = createRequestLog(100)
  for (const index of [0, 1, 2, 3, 4]) log.add(request(index, 25 * 2 ** 20))
  expect(log.requests.map(({ index }) => index)).toEqual([1, 2, 3, 4])
  log.add(request(5, 101 * 2 ** 20))
  expect(log.requests.map(({ index }) => index)).toEqual([5])
})

test('counts the requests of each endpoint', () => {
  const log = createRequestLog(1)
  expect([log.nextIndex('a'), log.nextIndex('b'), log.nextIndex('a')]).toEqual([0, 0, 1])
})
