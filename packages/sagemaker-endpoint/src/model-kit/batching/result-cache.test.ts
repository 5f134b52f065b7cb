import { expect, test } from 'vitest'
import { cacheKeys } from './result-cache.ts'

test('a key tells apart every text and everything else that makes the vector', () => {
  const key = cacheKeys({ model: 'm', kind: 'text' })
  expect(key('a')).toBe(cacheKeys({ model: 'm', kind: 'text' })('a'))
  expect(key('a')).toMatch(/^[\w-]{43}$/)
  const others = [key('b'), key('\ud800'), key('\ud801'), key(''), cacheKeys({ model: 'm', kind: 'query' })('a')]
  expect(new Set([key('a'), ...others]).size).toBe(6)
})
