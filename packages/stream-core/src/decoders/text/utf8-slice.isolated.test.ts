import * as fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { textBytes } from '../../../test-support/text-bytes-arbitrary.ts'
import { utf8Slice } from './utf8-slice.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

test('gives the text that TextDecoder gives, for any bytes', () => {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), textBytes('ab', '\uFEFF')), (bytes) => {
      expect(utf8Slice?.call(bytes)).toBe(decoder.decode(bytes))
    }),
    { numRuns: 2000 },
  )
})

test.each([
  ['a browser, whatever is called Buffer there', 'navigator', { userAgent: 'Mozilla/5.0' }],
  ['another runtime', 'navigator', { userAgent: 'Deno/2.1.0' }],
  ['a runtime without navigator', 'navigator', undefined],
  ['Node.js without Buffer', 'Buffer', undefined],
])('is undefined in %s', async (_where, name, value) => {
  vi.resetModules()
  vi.stubGlobal(name, value)
  expect((await import('./utf8-slice.ts')).utf8Slice).toBeUndefined()
})
