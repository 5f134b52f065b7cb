import { array, assert, constantFrom, integer, property, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { JobLedger } from './job-ledger.ts'
import { readRequestLine, requestLine, type RequestRecord } from './request-record.ts'
import { readResultSummary, resultLine, type ResultSummary } from './result-record.ts'
import { SagemakerError } from '@x/sagemaker-endpoint'

const row = (index: number) => ({ index, digest: index * 7 })
const submitted = (name: string, indexes: readonly number[], attempt = 1): RequestRecord => ({
  kind: 'submitted',
  name,
  attempt,
  atMs: 1,
  rows: indexes.map(row),
})
const result = (index: number, state: ResultSummary['state'], attempt = 1): ResultSummary => ({
  ...row(index),
  attempt,
  state,
})

describe('a ledger', () => {
  test('keeps a request open until all of its rows have an outcome', () => {
    const ledger = new JobLedger()
    ledger.applyRequest(submitted('0000001', [0, 1, 2]))
    expect(ledger.applyResult(result(0, 'done'))).toBe(true)
    expect(ledger.applyResult(result(0, 'done'))).toBe(false)
    ledger.applyResult(result(1, 'failed'))
    expect(ledger.openRequests.map(({ name }) => name)).toEqual(['0000001'])
    ledger.applyResult(result(2, 'expired'))
    expect(ledger.openRequests).toEqual([])
  })

  test('a request whose rows were all sent again is not open', () => {
    const ledger = new JobLedger()
    ledger.applyRequest(submitted('0000001', [0, 1]))
    ledger.applyRequest(submitted('0000002', [0]))
    expect(ledger.openRequests.map(({ name }) => name)).toEqual(['0000001', '0000002'])
    ledger.applyRequest(submitted('0000003', [1]))
    expect(ledger.openRequests.map(({ name }) => name)).toEqual(['0000002', '0000003'])
    expect(ledger.newName()).toBe('0000004')
  })

  test('is the same when it is replayed from the lines: requests first, then results', () => {
    const step = record({
      kind: constantFrom('send', 'done', 'fail'),
      index: integer({ min: 0, max: 7 }),
      more: integer({ min: 0, max: 3 }),
    })
    assert(
      property(array(step, { maxLength: 60 }), (steps) => {
        const live = new JobLedger()
        const lines = { requests: [] as string[], results: [] as string[] }
        for (const { kind, index, more } of steps) {
          const state = live.table.stateOf(index)
          if (kind === 'send') {
            const indexes = Array.from({ length: more + 1 }, (_, at) => index + at).filter((each) =>
              ['new', 'retryable', 'submitted'].includes(live.table.stateOf(each)),
            )
            if (indexes.length === 0) continue
            const attempts = indexes.map(
              (each) => live.table.attemptOf(each) + (live.table.stateOf(each) === 'submitted' ? 0 : 1),
            )
            const request = submitted(live.newName(), indexes, Math.max(...attempts))
            live.applyRequest(request)
            lines.requests.push(requestLine(request))
          } else if (state === 'submitted') {
            const attempt = live.table.attemptOf(index)
            const key = { id: `row-${index}`, ...row(index), attempt }
            live.applyResult(result(index, kind === 'done' ? 'done' : 'retryable', attempt))
            const error = new SagemakerError('throttled', 'x')
            lines.results.push(resultLine(key, kind === 'done' ? { output: 1 } : { error }))
          }
        }
        const replayed = new JobLedger()
        for (const line of lines.requests) replayed.applyRequest(readRequestLine(line)!)
        for (const line of lines.results) replayed.applyResult(readResultSummary(line.trimEnd())!)
        const view = (ledger: JobLedger) => ({
          states: Array.from({ length: 12 }, (_, index) => [
            ledger.table.stateOf(index),
            ledger.table.attemptOf(index),
          ]),
          open: ledger.openRequests.map(({ name }) => name),
          next: ledger.newName(),
        })
        expect(view(replayed)).toEqual(view(live))
      }),
    )
  })
})
