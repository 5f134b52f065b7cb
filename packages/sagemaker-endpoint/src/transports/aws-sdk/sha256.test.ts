import { createHash, createHmac } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Sha256 } from './sha256.ts'

const bytes = fc.uint8Array({ maxLength: 200 })

/** Secrets of every type that the SDK may pass, with the bytes that they are. */
const secret = fc.oneof(
  fc.constant([undefined, undefined] as const),
  fc.string({ minLength: 1 }).map((text) => [text, text] as const),
  bytes.map((value) => [value, value] as const),
  bytes.map((value) => [Uint8Array.from([9, ...value, 9]).subarray(1, -1), value] as const),
  bytes.map((value) => [Uint8Array.from(value).buffer, value] as const),
)

test('hashes and codes are those of Node.js, however the bytes are cut, and again with the same secret', async () => {
  await fc.assert(
    fc.asyncProperty(secret, fc.array(bytes, { maxLength: 4 }), async ([given, same], chunks) => {
      const expected = same === undefined ? createHash('sha256') : createHmac('sha256', same)
      for (const chunk of chunks) expected.update(chunk)
      const digest = new Uint8Array(expected.digest())
      const hash = new Sha256(given)
      for (const chunk of chunks) hash.update(chunk)
      expect(await hash.digest()).toEqual(digest)
      for (const again of [new Sha256(given), hash]) {
        again.reset()
        for (const chunk of chunks) again.update(chunk)
        // oxlint-disable-next-line no-await-in-loop -- two of them
        expect(await again.digest()).toEqual(digest)
      }
    }),
  )
})
