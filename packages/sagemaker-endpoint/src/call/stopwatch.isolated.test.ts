import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Stopwatch } from './stopwatch.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

function stopwatch(): { readonly limits: number[]; readonly watch: Stopwatch } {
  const limits: number[] = []
  return { limits, watch: new Stopwatch((limitMs) => limits.push(limitMs)) }
}

test('tells of the limit once, when it is reached', async () => {
  const { limits, watch } = stopwatch()
  watch.start(100)
  await vi.advanceTimersByTimeAsync(99)
  expect(limits).toEqual([])
  await vi.advanceTimersByTimeAsync(2)
  expect(limits).toEqual([100])
  await vi.advanceTimersByTimeAsync(1_000)
  expect(limits).toEqual([100])
})

test('counts anew from each start, and not while it is paused', async () => {
  const { limits, watch } = stopwatch()
  for (let part = 0; part < 10; part++) {
    watch.start(100)
    await vi.advanceTimersByTimeAsync(60)
  }
  watch.pause()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(limits).toEqual([])
  watch.start(100)
  await vi.advanceTimersByTimeAsync(101)
  expect(limits).toEqual([100])
})

test('a shorter limit is reached before a longer one that was set earlier', async () => {
  const { limits, watch } = stopwatch()
  watch.start(10_000)
  watch.start(50)
  await vi.advanceTimersByTimeAsync(51)
  expect(limits).toEqual([50])
})

test('a thousand parts need a handful of timers', async () => {
  const setTimer = vi.spyOn(globalThis, 'setTimeout')
  const { limits, watch } = stopwatch()
  for (let part = 0; part < 1_000; part++) {
    watch.start(1_000)
    vi.advanceTimersByTime(10)
    watch.pause()
  }
  expect(limits).toEqual([])
  expect(setTimer.mock.calls.length).toBeLessThan(30)
})

test.each([Number.POSITIVE_INFINITY, 2 ** 31, 2 ** 40])('a limit of %d ms is not reached at once', async (limitMs) => {
  const { limits, watch } = stopwatch()
  watch.start(limitMs)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(limits).toEqual([])
  watch.stop()
})

test('nothing is left running after stop', () => {
  const { watch } = stopwatch()
  watch.start(100)
  watch.stop()
  expect(vi.getTimerCount()).toBe(0)
})
