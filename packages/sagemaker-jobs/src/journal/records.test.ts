import { assert, boolean, constant, integer, option, property, record, string, uniqueArray } from 'fast-check'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { describe, expect, test } from 'vitest'
import { readRequestLine, requestLine, type RequestRecord } from './request-record.ts'
import { readResultLine, readResultSummary, resultLine } from './result-record.ts'

const digest = integer({ min: 0, max: 2 ** 32 - 1 })

describe('a line of the log of requests', () => {
  test('is read as it was written', () => {
    const submitted = record({
      kind: constant('submitted' as const),
      name: string(),
      attempt: integer({ min: 1, max: 31 }),
      atMs: integer({ min: 0 }),
      rows: uniqueArray(record({ index: integer({ min: 0 }), digest }), {
        minLength: 1,
        selector: ({ index }) => index,
      }),
    })
    const accepted = record({
      kind: constant('accepted' as const),
      name: string(),
      locations: record({
        output: string(),
        failure: option(string(), { nil: undefined }),
        job: option(string(), { nil: undefined }),
      }),
    })
    for (const each of [submitted, accepted]) {
      assert(
        property(each, (value) => {
          expect(readRequestLine(requestLine(value as RequestRecord))).toEqual(value)
        }),
      )
    }
    expect(readRequestLine(requestLine({ kind: 'ended', total: 0 }))).toEqual({ kind: 'ended', total: 0 })
  })

  test('takes few bytes for rows that follow each other', () => {
    const rows = Array.from({ length: 1000 }, (_, index) => ({ index: index + 5, digest: index }))
    const line = requestLine({ kind: 'submitted', name: '0000001', attempt: 1, atMs: 0, rows })
    expect(line.length).toBeLessThan(8100)
    expect(readRequestLine(line)).toMatchObject({ rows })
  })

  test.each(['', '{', '{"request":"1","dig', '[]', '{"a":1}', '{"request":"1"}'])('is not %s', (text) => {
    expect(readRequestLine(text)).toBeUndefined()
  })
})

describe('a line of the log of results', () => {
  const key = record({ id: string(), index: integer({ min: 0 }), digest, attempt: integer({ min: 1, max: 31 }) })

  test('is read as it was written, in full and in its beginning', () => {
    assert(
      property(key, string(), (row, output) => {
        const line = resultLine(row, { output }).slice(0, -1)
        const { id, index, ...rest } = row
        expect(readResultLine(line)).toEqual({ id, index, output })
        expect(readResultSummary(line)).toEqual({ index, ...rest, state: 'done' })
      }),
    )
  })

  test('keeps what an error is, without what it may hold of the prompt', () => {
    assert(
      property(key, boolean(), (row, retryable) => {
        const error = new SagemakerError('throttled', 'slow down', {
          retryable,
          statusCode: 429,
          endpointName: 'e',
          originalMessage: 'SECRET',
          snippet: 'SECRET',
        })
        const line = resultLine(row, { error }).slice(0, -1)
        expect(line).not.toContain('SECRET')
        const { error: restored } = readResultLine(line)
        expect(restored).toMatchObject({ code: 'throttled', message: 'throttled: slow down', statusCode: 429 })
        expect(restored).toMatchObject({ retryable, id: row.id, index: row.index, endpointName: 'e' })
        expect(readResultSummary(line)?.state).toBe(retryable ? 'retryable' : 'failed')
      }),
    )
  })

  test('that was torn is none', () => {
    const line = resultLine({ id: 'a"b', index: 1, digest: 7, attempt: 2 }, { output: { a: [1] } }).trimEnd()
    expect(readResultSummary(line)).toBeDefined()
    const cuts = Array.from({ length: line.length }, (_, length) => line.slice(0, length))
    const taken = cuts.filter((cut) => readResultSummary(cut) !== undefined)
    // Cut after an inner brace, it looks whole from its ends. The store removes torn lines by their missing newline.
    expect(taken.filter((cut) => !cut.endsWith('}'))).toEqual([])
    expect(taken.length).toBeLessThan(3)
  })
})
