import { describe, expect, test } from 'vitest'
import type { SagemakerErrorCode } from '../errors/sagemaker-error-code.ts'
import { SagemakerError, type SagemakerErrorDetails } from '../errors/sagemaker-error.ts'
import { type RetryLimits, resolveRetryLimits } from '../options/limits.ts'
import { RetryPlan } from './retry-plan.ts'

const limits: RetryLimits = { maxAttempts: 10, baseDelayMs: 100, maxDelayMs: 1_000, readyWithinMs: 0 }
const failed = (code: SagemakerErrorCode, details: SagemakerErrorDetails = {}): SagemakerError =>
  new SagemakerError(code, 'x', details)
const almostOne = 1 - Number.EPSILON

test('the wait is a random part of a bound that doubles up to maxDelayMs', () => {
  const bounds = new RetryPlan(limits, () => almostOne)
  const half = new RetryPlan(limits, () => 0.5)
  const none = new RetryPlan(limits, () => 0)
  const waits = (plan: RetryPlan): (number | undefined)[] =>
    Array.from({ length: 6 }, () => plan.delayAfter(failed('throttled'))).map((wait) => wait && Math.round(wait))
  expect(waits(bounds)).toEqual([100, 200, 400, 800, 1000, 1000])
  expect(waits(half)).toEqual([50, 100, 200, 400, 500, 500])
  expect(waits(none)).toEqual([0, 0, 0, 0, 0, 0])
})

test('maxAttempts counts the first attempt', () => {
  const plan = new RetryPlan({ ...limits, maxAttempts: 3 }, () => 0)
  expect(plan.delayAfter(failed('connection'))).toBe(0)
  expect(plan.delayAfter(failed('connection'))).toBe(0)
  expect(plan.delayAfter(failed('connection'))).toBeUndefined()
})

test.each<readonly [SagemakerErrorCode, boolean]>([
  ['throttled', true],
  ['service-unavailable', true],
  ['connection', true],
  ['model-not-ready', true],
  ['stream-interrupted', false],
  ['timeout', false],
  ['model-error', false],
  ['invalid-request', false],
  ['credentials', false],
  ['aborted', false],
])('%s is tried again: %s', (code, isRetried) => {
  expect(new RetryPlan(limits, () => 0).delayAfter(failed(code)) !== undefined).toBe(isRetried)
})

test('what is marked otherwise is treated otherwise', () => {
  const plan = new RetryPlan(limits, () => 0)
  expect(plan.delayAfter(failed('timeout', { retryable: true }))).toBe(0)
  expect(plan.delayAfter(failed('credentials', { retryable: true }))).toBe(0)
  expect(plan.delayAfter(failed('connection', { retryable: false }))).toBeUndefined()
  expect(plan.delayAfter(failed('invalid-request', { retryable: true }))).toBeUndefined()
})

test('Retry-After is the least that is waited, up to maxDelayMs', () => {
  const plan = new RetryPlan(limits, () => almostOne)
  expect(plan.delayAfter(failed('throttled', { retryAfterMs: 700 }))).toBe(700)
  expect(plan.delayAfter(failed('throttled', { retryAfterMs: 10 }))).toBeCloseTo(200)
  expect(plan.delayAfter(failed('throttled', { retryAfterMs: 1_001 }))).toBe(1_000)
})

describe('readyWithinMs', () => {
  function planAt(clock: { now: number }): RetryPlan {
    return new RetryPlan(
      { ...limits, maxAttempts: 2, readyWithinMs: 5_000 },
      () => almostOne,
      () => clock.now,
    )
  }

  test('is counted from the first answer that the model is not ready, and its last attempt falls on its end', () => {
    const clock = { now: 70_000 }
    const plan = planAt(clock)
    const waits: number[] = []
    for (
      let wait = plan.delayAfter(failed('model-not-ready'));
      wait !== undefined;
      wait = plan.delayAfter(failed('model-not-ready'))
    ) {
      waits.push(Math.round(wait))
      clock.now += wait
    }
    expect(waits).toEqual([100, 200, 400, 800, 1000, 1000, 1000, 500])
    expect(clock.now).toBeCloseTo(75_000)
  })

  test('takes nothing from the attempts for other failures', () => {
    const plan = planAt({ now: 0 })
    plan.delayAfter(failed('model-not-ready'))
    plan.delayAfter(failed('model-not-ready'))
    expect(plan.delayAfter(failed('throttled'))).toBeDefined()
    expect(plan.delayAfter(failed('throttled'))).toBeUndefined()
  })

  test('honours Retry-After within what is left', () => {
    const clock = { now: 0 }
    const plan = planAt(clock)
    expect(plan.delayAfter(failed('model-not-ready', { retryAfterMs: 4_000 }))).toBe(4_000)
    clock.now = 4_000
    expect(plan.delayAfter(failed('model-not-ready', { retryAfterMs: 4_000 }))).toBe(1_000)
  })
})

test('members of a call go before those of the endpoint', () => {
  expect(resolveRetryLimits()).toEqual({ maxAttempts: 3, baseDelayMs: 100, maxDelayMs: 20_000, readyWithinMs: 0 })
  expect(resolveRetryLimits({ maxAttempts: 5, baseDelayMs: 1 }, { maxAttempts: 1, maxDelayMs: undefined })).toEqual({
    maxAttempts: 1,
    baseDelayMs: 1,
    maxDelayMs: 20_000,
    readyWithinMs: 0,
  })
})
