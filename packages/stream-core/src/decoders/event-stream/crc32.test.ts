import { crc32 as platformCrc32 } from 'node:zlib'
import * as fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { utf8 } from '../../../test-support/cuts.ts'
import { crc32 } from './crc32.ts'

// Much work per test, on machines that may be slow and busy.
vi.setConfig({ testTimeout: 60_000 })

test('the check value of the CRC catalogue', () => {
  expect(crc32(utf8('123456789'), 0, 9)).toBe(0xcbf43926)
})

test('it is that of the platform, for any part of any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(100), fc.nat(100), (bytes, from, length) => {
      const start = Math.min(from, bytes.length)
      const end = Math.min(start + length, bytes.length)
      expect(crc32(bytes, start, end)).toBe(platformCrc32(bytes.subarray(start, end)))
    }),
    { numRuns: 2000 },
  )
})
