import { describe, expect, test } from 'vitest'
import { failedResponse, retryAfterMs } from './receive-response.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('failedResponse', () => {
  test('reads a ModelError', () => {
    const body = {
      Message: 'Received …',
      OriginalStatusCode: 422,
      OriginalMessage: '{"error":"x"}',
      LogStreamArn: 'arn:x',
    }
    const headers = { 'x-amzn-errortype': 'ModelError', 'x-amzn-requestid': 'id-1' }
    expect(failedResponse(424, headers, bytes(JSON.stringify(body)))).toEqual({
      name: 'ModelError',
      message: 'Received …',
      statusCode: 424,
      requestId: 'id-1',
      originalStatusCode: 422,
      originalMessage: '{"error":"x"}',
      logStreamArn: 'arn:x',
      retryAfterMs: undefined,
      snippet: undefined,
    })
  })

  test.each<readonly [string, Record<string, string>, object]>([
    ['ValidationError', { 'x-amzn-errortype': 'ValidationError:http://internal.amazon.com/coral/' }, {}],
    ['ThrottlingException', {}, { __type: 'com.amazonaws.sagemakerruntime#ThrottlingException' }],
    ['AccessDeniedException', {}, { code: 'AccessDeniedException' }],
    ['', {}, {}],
  ])('finds the name %j', (name, headers, body) => {
    expect(failedResponse(400, headers, bytes(JSON.stringify(body)))).toMatchObject({ name, message: '' })
  })

  test('keeps the beginning of what is not JSON, apart from the message', () => {
    const failure = failedResponse(502, {}, bytes(`<html>${'x'.repeat(1_000)}`))
    expect(failure.message).toBe('')
    expect(failure.snippet).toHaveLength(500)
    expect(failedResponse(502, {}, bytes('')).snippet).toBeUndefined()
  })
})

describe('retryAfterMs', () => {
  const now = Date.parse('2030-01-01T00:00:00Z')
  test.each<readonly [Record<string, string>, number | undefined]>([
    [{ 'retry-after': '2' }, 2_000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': 'Tue, 01 Jan 2030 00:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Mon, 31 Dec 2029 23:59:00 GMT' }, undefined],
    [{ 'retry-after': '-1' }, undefined],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '' }, undefined],
    [{ 'x-amz-retry-after': '1500' }, 1_500],
    [{ 'x-amz-retry-after': '1500', 'retry-after': '9' }, 1_500],
    [{}, undefined],
  ])('of %j', (headers, expected) => {
    expect(retryAfterMs(headers, now)).toBe(expected)
  })
})
