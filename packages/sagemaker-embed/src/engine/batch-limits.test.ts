import { SagemakerError, type SagemakerErrorCode } from '@x/sagemaker-endpoint'
import { describe, expect, test } from 'vitest'
import { BatchLimits } from './batch-limits.ts'
import { sizeRefusal, type SizeRefusal } from './size-refusal.ts'

describe('a refusal', () => {
  const texts = (maximum?: number): SizeRefusal => ({ unit: 'texts', maximum })
  const bytes = (maximum?: number): SizeRefusal => ({ unit: 'bytes', maximum })

  test.each<[SagemakerErrorCode, string, SizeRefusal | undefined]>([
    ['payload-too-large', 'batch size 33 > maximum allowed batch size 32', texts(32)],
    ['invalid-request', 'invalid request: total number of texts must be at most 96 - received 97', texts(96)],
    [
      'invalid-request',
      "Invalid 'input': array too long. Expected an array with maximum length 2048, but got",
      texts(2048),
    ],
    ['invalid-request', 'Batch of inputs exceeds the maximum of 8', texts(8)],
    ['payload-too-large', 'batch size is too large', texts()],
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

describe('limits', () => {
  test('are the smallest of all that are known', () => {
    const limits = new BatchLimits({ maxTexts: 100, maxBytes: 5000 }, { maxTexts: 32 })
    expect(limits).toMatchObject({ maxTexts: 32, maxBytes: 5000 })
    expect(new BatchLimits({})).toMatchObject({
      maxTexts: Number.POSITIVE_INFINITY,
      maxBytes: Number.POSITIVE_INFINITY,
    })
  })

  test('become what a refusal names, or half of what was sent', () => {
    const limits = new BatchLimits({ maxTexts: 100, maxBytes: 5000 })
    limits.learn({ unit: 'texts', maximum: 32 }, { texts: 100, bytes: 400 })
    expect(limits).toMatchObject({ maxTexts: 32, maxBytes: 5000 })
    limits.learn({ unit: 'texts', maximum: undefined }, { texts: 9, bytes: 400 })
    expect(limits.maxTexts).toBe(4)
    limits.learn({ unit: 'bytes', maximum: undefined }, { texts: 4, bytes: 4001 })
    expect(limits).toMatchObject({ maxTexts: 4, maxBytes: 2000 })
  })

  test('are not raised, and not taken from a refusal that names more than was sent', () => {
    const limits = new BatchLimits({ maxTexts: 10 })
    limits.learn({ unit: 'texts', maximum: 32 }, { texts: 6, bytes: 1 })
    expect(limits.maxTexts).toBe(3)
    limits.learn({ unit: 'texts', maximum: 5 }, { texts: 6, bytes: 1 })
    expect(limits.maxTexts).toBe(3)
  })

  test('stay 1 at least', () => {
    const limits = new BatchLimits({ maxTexts: 10 })
    limits.learn({ unit: 'texts', maximum: 0 }, { texts: 2, bytes: 1 })
    limits.learn({ unit: 'bytes', maximum: undefined }, { texts: 2, bytes: 1 })
    expect(limits).toMatchObject({ maxTexts: 1, maxBytes: 1 })
  })
})
