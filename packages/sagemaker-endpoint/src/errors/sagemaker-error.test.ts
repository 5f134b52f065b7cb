import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { SagemakerError, type SagemakerErrorDetails } from './sagemaker-error.ts'

const details: SagemakerErrorDetails = {
  endpointName: 'it',
  statusCode: 424,
  originalStatusCode: 500,
  requestId: 'id-1',
  logStreamArn: 'arn:aws:logs:x',
  retryAfterMs: 1000,
  attempts: [{ code: 'model-error', statusCode: 424, requestId: 'id-1', durationMs: 5, delayMs: 0 }],
  index: 2,
  id: 'document-2',
  originalMessage: 'the prompt was: SECRET',
  snippet: '<html>SECRET',
  partial: { text: 'SECRET', bytesReceived: 6 },
}

describe('SagemakerError', () => {
  test('tells everything that is safe to log, and nothing else', () => {
    const error = new SagemakerError('model-error', 'the container failed.', details)
    const { originalMessage: _, snippet: __, partial: ___, ...safe } = details
    const expected = {
      name: 'SagemakerError',
      code: 'model-error',
      message: 'model-error: the container failed.',
      retryable: false,
      ...safe,
    }
    expect(JSON.parse(JSON.stringify(error))).toEqual(expected)
    for (const log of [
      inspect(error),
      inspect(error, { depth: 9 }),
      JSON.stringify(Object.entries(error)),
      String(error),
    ]) {
      expect(log).not.toContain('SECRET')
    }
    expect(error).toMatchObject({ originalMessage: 'the prompt was: SECRET', snippet: '<html>SECRET' })
    expect(error.partial).toEqual({ text: 'SECRET', bytesReceived: 6 })
  })

  test('has only the members that are known', () => {
    const error = new SagemakerError('connection', 'no connection.')
    expect(Object.keys(error).toSorted()).toEqual(['attempts', 'code', 'endpointName', 'name', 'retryable'])
    expect(error.statusCode).toBeUndefined()
    expect(error.cause).toBeUndefined()
    expect('cause' in error).toBe(false)
  })

  test('is an Error that is recognised across copies of the package', () => {
    const error = new SagemakerError('connection', 'no connection.')
    expect(error).toBeInstanceOf(Error)
    expect(SagemakerError.is(error)).toBe(true)
    const fromAnotherCopy = Object.assign(new Error('x'), {
      [Symbol.for('@x/sagemaker-endpoint.SagemakerError')]: true,
    })
    expect(SagemakerError.is(fromAnotherCopy)).toBe(true)
    for (const other of [new Error('x'), { code: 'connection' }, 'x', null, undefined])
      expect(SagemakerError.is(other)).toBe(false)
  })

  test.each([
    ['aborted', 'AbortError', false],
    ['timeout', 'SagemakerError', false],
    ['throttled', 'SagemakerError', true],
    ['model-not-ready', 'SagemakerError', true],
    ['service-unavailable', 'SagemakerError', true],
    ['connection', 'SagemakerError', true],
    ['stream-interrupted', 'SagemakerError', true],
    ['stream-corrupt', 'SagemakerError', false],
    ['model-error', 'SagemakerError', false],
    ['invalid-request', 'SagemakerError', false],
  ] as const)('%s is named %s and retryable: %s', (code, name, retryable) => {
    expect(new SagemakerError(code, 'x')).toMatchObject({ name, retryable, code })
    expect(new SagemakerError(code, 'x', { retryable: !retryable }).retryable).toBe(!retryable)
  })

  test('with() adds what is known later and keeps the rest', () => {
    const cause = new Error('cause')
    const error = new SagemakerError('model-error', 'the container failed.', { ...details, cause })
    const more = error.with({ index: 7, partial: { text: 'more', bytesReceived: 9 } })
    expect(more).not.toBe(error)
    expect(more).toMatchObject({ ...details, cause, index: 7, partial: { text: 'more', bytesReceived: 9 } })
    expect(more.message).toBe(error.message)
    expect(more.stack).toBe(error.stack)
    expect(error.index).toBe(2)
    expect(JSON.stringify(more)).not.toContain('SECRET')
    expect(SagemakerError.is(more)).toBe(true)
  })
})
