import { SagemakerError } from '../../errors/sagemaker-error.ts'
import type { SagemakerErrorCode } from '../../errors/sagemaker-error-code.ts'
import { describe, expect, test } from 'vitest'
import { isAboutItems, refusalScope, sizeRefusal, type SizeRefusal, splitItems } from './refusals.ts'

describe('a refusal for the size of a request', () => {
  const items = (maximum?: number): SizeRefusal => ({ unit: 'items', maximum })
  const bytes = (maximum?: number): SizeRefusal => ({ unit: 'bytes', maximum })

  test.each<[SagemakerErrorCode, string, SizeRefusal | undefined]>([
    ['payload-too-large', 'batch size 33 > maximum allowed batch size 32', items(32)],
    ['invalid-request', 'invalid request: total number of texts must be at most 96 - received 97', items(96)],
    [
      'invalid-request',
      "Invalid 'input': array too long. Expected an array with maximum length 2048, but got",
      items(2048),
    ],
    ['invalid-request', 'List should have at most 96 items after validation, not 256', items(96)],
    ['invalid-request', 'Batch of inputs exceeds the maximum of 8', items(8)],
    ['payload-too-large', 'batch size is too large', items()],
    ['payload-too-large', 'length limit exceeded', bytes()],
    ['payload-too-large', 'HTTP content length exceeded 5246976 bytes.', bytes(5_246_976)],
    ['payload-too-large', 'Request Entity Too Large', bytes()],
    ['invalid-request', '`inputs` must have at most 512 tokens', undefined],
    ['invalid-request', 'inputs must have at most 512 characters', undefined],
    ['invalid-request', 'missing field inputs', undefined],
    ['context-length-exceeded', 'texts of at most 512', undefined],
    ['throttled', 'batch size 33 > maximum allowed batch size 32', undefined],
  ])('%s: %s', (code, originalMessage, refusal) => {
    expect(sizeRefusal(new SagemakerError(code, 'refused', { originalMessage }))).toEqual(refusal)
  })

  test('is read from the message when the container said nothing', () => {
    const error = new SagemakerError('payload-too-large', 'the request has 26000000 bytes')
    expect(sizeRefusal(error)).toEqual(bytes(26_000_000))
  })
})

describe('a failure', () => {
  const failure = (code: SagemakerErrorCode, originalStatusCode?: number): SagemakerError =>
    new SagemakerError(code, 'refused', { originalStatusCode })

  test.each([
    ['items', failure('invalid-request', 400)],
    ['items', failure('model-error', 500)],
    ['items', failure('unexpected-response')],
    ['request', failure('throttled', 429)],
    ['request', failure('timeout')],
    ['call', failure('invalid-request', 404)],
    ['call', failure('invalid-request', 415)],
    ['call', failure('access-denied')],
    ['call', failure('aborted')],
  ])('is about %s: %s', (scope, error) => {
    expect(refusalScope(error)).toBe(scope)
  })

  test('is certainly about items if they are too many or one is too long', () => {
    expect(isAboutItems(failure('context-length-exceeded'))).toBe(true)
    expect(isAboutItems(failure('payload-too-large'))).toBe(true)
    expect(isAboutItems(failure('invalid-request', 400))).toBe(false)
  })
})

test('items are divided into parts of the limit, or else into halves', () => {
  const items = ['a', 'b', 'c', 'd', 'e']
  expect(splitItems(items, 2)).toEqual([['a', 'b'], ['c', 'd'], ['e']])
  expect(splitItems(items, 5)).toEqual([
    ['a', 'b', 'c'],
    ['d', 'e'],
  ])
  expect(splitItems(['a', 'b'], Number.POSITIVE_INFINITY)).toEqual([['a'], ['b']])
})

test('a message of any length is read in no time', () => {
  for (const piece of ['1', 'texts ', 'at most ', 'batch size']) {
    const error = new SagemakerError('payload-too-large', 'refused', { originalMessage: piece.repeat(1_000_000) })
    const startedAt = performance.now()
    sizeRefusal(error)
    expect(performance.now() - startedAt).toBeLessThan(1000)
  }
})
