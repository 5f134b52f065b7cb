import { describe, expect, it } from 'vitest'
import type { RunEvent } from './run-event.ts'
import { measureRun, quantile } from './run-metrics.ts'

const delta = (at: number): RunEvent => ({ type: 'delta', at, channel: 'text', text: 'a' })

describe('measureRun', () => {
  it('takes pauses from token to token, and the rate from the container’s own count', () => {
    const events: RunEvent[] = [
      { type: 'part', at: 9, start: 0, bytes: btoa('hello') },
      delta(10),
      delta(20),
      delta(30),
      delta(60),
      { type: 'end', at: 61, usage: { inputTokens: 3, outputTokens: 6 } },
    ]
    expect(measureRun(events)).toEqual({
      timeToFirstTokenMs: 10,
      interTokenP50Ms: 10,
      interTokenP95Ms: 30,
      tokensPerSecond: 100,
      durationMs: 61,
      usage: { inputTokens: 3, outputTokens: 6 },
    })
  })

  it('claims nothing about a call that has sent nothing', () => {
    expect(measureRun([])).toEqual({
      timeToFirstTokenMs: undefined,
      interTokenP50Ms: undefined,
      interTokenP95Ms: undefined,
      tokensPerSecond: undefined,
      durationMs: undefined,
      usage: undefined,
    })
  })

  it('gives no rate where the container counted no tokens, or all came at once', () => {
    expect(measureRun([delta(5), delta(9), { type: 'end', at: 10 }]).tokensPerSecond).toBeUndefined()
    expect(measureRun([delta(5), { type: 'end', at: 10, usage: { outputTokens: 40 } }]).tokensPerSecond).toBeUndefined()
  })

  it('keeps the duration of a call that failed', () => {
    const failed: RunEvent = { type: 'error', at: 77, code: 'timeout', message: '', retryable: true, advice: '' }
    expect(measureRun([delta(5), failed]).durationMs).toBe(77)
  })
})

describe('quantile', () => {
  it('is a value that occurs', () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2)
    expect(quantile([4, 1, 3, 2], 0.95)).toBe(4)
    expect(quantile([7], 0.5)).toBe(7)
    expect(quantile([], 0.5)).toBeUndefined()
  })
})
