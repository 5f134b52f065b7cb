import { expect, test } from 'vitest'
import { reportedTokens } from './reported-tokens.ts'

test.each<[string, unknown, number | undefined]>([
  ['OpenAI', { usage: { prompt_tokens: 7, total_tokens: 9 } }, 7],
  ['OpenAI with a total alone', { usage: { total_tokens: 9 } }, 9],
  ['Cohere', { meta: { billed_units: { input_tokens: 5 } } }, 5],
  ['Titan', { inputTextTokenCount: 3 }, 3],
  ['a container that counts none', { usage: { prompt_tokens: 0 } }, 0],
  ['TEI, which does not say', [[1, 2]], undefined],
  ['something else', { usage: { prompt_tokens: 'many' } }, undefined],
  ['nothing', null, undefined],
])('%s', (_, body, tokens) => {
  expect(reportedTokens(body)).toBe(tokens)
})
