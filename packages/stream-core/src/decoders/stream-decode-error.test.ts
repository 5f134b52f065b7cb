import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import * as original from './stream-decode-error.ts'

const { StreamDecodeError } = original

const secret = 'what the user asked'
const error = new StreamDecodeError('invalid-json', 'not a JSON value', {
  byteOffset: 12,
  lineNumber: 3,
  text: secret,
  rest: new TextEncoder().encode(secret),
})

test('the message names the code and the place', () => {
  expect(error.message).toBe('invalid-json: not a JSON value (line 3, byte 12)')
  expect(new StreamDecodeError('bad-checksum', 'wrong', { byteOffset: 0, rest: new Uint8Array(0) }).message).toBe(
    'bad-checksum: wrong (byte 0)',
  )
})

test('the text and the rest are at hand, but in no output', () => {
  expect(error.text).toBe(secret)
  expect(new TextDecoder().decode(error.rest)).toBe(secret)
  expect(JSON.stringify(error)).not.toContain(secret)
  expect(inspect(error)).not.toContain(secret)
  expect(Object.keys(error)).not.toContain('text')
  expect(Object.keys(error)).not.toContain('rest')
})

test('it is not worth a retry, and not at the end unless it says so', () => {
  expect(error).toMatchObject({ name: 'StreamDecodeError', retryable: false, atEnd: false })
})

test('it is known across copies of the package, by its brand', async () => {
  const path: string = './stream-decode-error.ts?copy'
  const copy: typeof original = await import(path)
  const foreign = new copy.StreamDecodeError('bad-checksum', 'wrong', { byteOffset: 0, rest: new Uint8Array(0) })
  expect(foreign).not.toBeInstanceOf(StreamDecodeError)
  expect(StreamDecodeError.is(foreign)).toBe(true)
  expect(StreamDecodeError.is(error)).toBe(true)
  for (const other of [undefined, null, 'x', {}, new Error('x')]) expect(StreamDecodeError.is(other)).toBe(false)
})
