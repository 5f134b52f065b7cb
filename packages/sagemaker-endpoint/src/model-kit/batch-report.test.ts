import { expect, test } from 'vitest'
import type { BatchCallbacks } from './batch-callbacks.ts'
import { batchCallbackListener, type BatchOutcome } from './batch-listeners.ts'
import { type BatchCounts, BatchReport } from './batch-report.ts'
import { CallListeners } from './call-listeners.ts'
import { SagemakerError } from '../errors/sagemaker-error.ts'

const call = { endpointName: 'it', modelName: 'bge' }
const answered = { items: 2, bytes: 10, attempts: 1, requestId: 'r1', tokens: 3, durationMs: 1 }
const error = new SagemakerError('payload-too-large', '', { endpointName: 'it' })

function report() {
  const seen: (readonly [name: string, event: Readonly<Record<string, unknown>>])[] = []
  const note = (name: string) => (event: object) => void seen.push([name, { ...event }])
  const names = ['onStart', 'onRequest', 'onSplit', 'onConcurrency', 'onCacheError', 'onEnd', 'onError'] as const
  const callbacks = Object.fromEntries(names.map((name) => [name, note(name)])) as unknown as BatchCallbacks
  const counts: BatchCounts[] = []
  const listeners = new CallListeners(batchCallbackListener(callbacks))
  const outcomeOf = (outcome: BatchOutcome): BatchOutcome => outcome
  return { seen, counts, report: new BatchReport(listeners.start(call), outcomeOf, (one) => void counts.push(one)) }
}

test('every step has its callback, under one id, and the end has the sums', () => {
  const { seen, counts, report: it } = report()
  it.requestSplit({ items: 4, parts: 2, error, maxItems: 2, maxBytes: Infinity })
  it.concurrencyChanged({ concurrency: 2, reason: 'throttled' })
  it.cacheFailed({ error: 'full' })
  it.requestAnswered(answered)
  it.itemsDone({ items: 2, failed: 0, cached: 1 })
  it.requestAnswered({ ...answered, tokens: 4 })
  it.itemsDone({ items: 2, failed: 1, cached: 0 })
  it.end(false)
  expect(seen.map(([name]) => name)).toEqual([
    'onStart',
    'onSplit',
    'onConcurrency',
    'onCacheError',
    'onRequest',
    'onRequest',
    'onEnd',
  ])
  const { callId } = seen[0]![1]
  for (const [, event] of seen) expect(event).toMatchObject({ ...call, callId })
  expect(seen[4]![1]).toEqual({ ...call, callId, ...answered })
  const sums = { items: 4, failed: 1, cached: 1, requests: 2, tokens: 7 }
  expect(seen[6]![1]).toMatchObject({ ...sums, aborted: false, timings: { durationMs: expect.any(Number) as unknown } })
  expect(counts).toMatchObject([{ items: 2, failed: 0, tokens: 3 }, sums])
})

test('a failure has what was done until then, and nothing counts after it', () => {
  const { seen, counts, report: it } = report()
  it.itemsDone({ items: 3, failed: 0, cached: 0 })
  it.fail(error)
  it.itemsDone({ items: 1, failed: 0, cached: 0 })
  it.end(true)
  expect(seen.map(([name]) => name)).toEqual(['onStart', 'onError'])
  expect(seen[1]![1]).toMatchObject({ error, items: 3, tokens: undefined, aborted: false })
  expect(counts).toHaveLength(1)
})

test('a call that its caller aborts has not failed', () => {
  const { seen, report: it } = report()
  it.itemsDone({ items: 3, failed: 0, cached: 0 })
  it.fail(new SagemakerError('aborted', '', { endpointName: 'it' }))
  expect(seen.map(([name]) => name)).toEqual(['onStart', 'onEnd'])
  expect(seen[1]![1]).toMatchObject({ aborted: true, items: 3 })
})
