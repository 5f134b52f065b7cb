import { expect, test } from 'vitest'
import { additionalResponseFields, converseUsage } from './converse-response.ts'

const raw = { id: 'x', choices: [{ logprobs: { content: [1] } }], 'a/b': { 'c~d': null }, empty: {} }

test('each field is under the last part of its path', () => {
  expect(additionalResponseFields(raw, ['/id', '/choices/0/logprobs'])).toEqual({ id: 'x', logprobs: { content: [1] } })
})

test('escapes of JSON pointers are read', () => {
  expect(additionalResponseFields(raw, ['/a~1b/c~0d'])).toEqual({ 'c~d': null })
})

test.each([['/nothing'], ['/choices/1'], ['/id/length'], ['/empty/toString']])('%s leads nowhere', (path) => {
  expect(additionalResponseFields(raw, [path])).toBeUndefined()
})

test('no paths and no answer make no fields', () => {
  expect(additionalResponseFields(raw)).toBeUndefined()
  expect(additionalResponseFields(undefined, ['/id'])).toBeUndefined()
})

test('usage is counted as Bedrock does: cached tokens apart from those of the input', () => {
  const usage = { inputTokens: 10, outputTokens: 2, totalTokens: 12, cacheReadTokens: 4, cacheWriteTokens: 1, raw: {} }
  expect(converseUsage(usage)).toEqual({
    inputTokens: 5,
    outputTokens: 2,
    totalTokens: 12,
    cacheReadInputTokens: 4,
    cacheWriteInputTokens: 1,
  })
  expect(converseUsage(undefined)).toBeUndefined()
})
