import { expect, test } from 'vitest'
import { ProbeSource, settle } from '../../test-support/probe-source.ts'
import { watchUnhandledRejections } from '../../test-support/watch-unhandled-rejections.ts'
import { LineDecoder } from '../decoders/line-decoder.ts'
import { decodeAsyncIterable } from './decode-async-iterable.ts'

watchUnhandledRejections()

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

test('decodes an async iterable, with what its end completes', async () => {
  const source = new ProbeSource(['a\nb', 'c\nd'].map(bytes))
  const seen: string[] = []
  for await (const line of decodeAsyncIterable(source.open(new AbortController().signal), new LineDecoder()))
    seen.push(line)
  expect(seen).toEqual(['a', 'bc', 'd'])
})

test('asks for a chunk only when the values of the last one are taken', async () => {
  const source = new ProbeSource(['a\nb\nc\n', 'd\n'].map(bytes))
  const lines = decodeAsyncIterable(source.open(new AbortController().signal), new LineDecoder())
  await settle()
  expect(source.pulls).toBe(0)
  for (const pulls of [1, 1, 1, 2]) {
    await lines.next()
    await settle()
    expect(source.pulls).toBe(pulls)
  }
})

test('closes the source when it is left, also while it waits', async () => {
  const source = new ProbeSource(['a\n'].map(bytes), 'stall')
  const lines = decodeAsyncIterable(source.open(new AbortController().signal), new LineDecoder())
  await lines.next()
  const pending = lines.next()
  await settle()
  await lines.return()
  expect(source.returned).toBe(true)
  expect((await pending).done).toBe(true)
})

test('hands out what was decoded before an error of the decoder, then the error', async () => {
  const lines = decodeAsyncIterable([bytes('a\nb\n12345678')], new LineDecoder({ maxLineLength: 4 }))
  expect((await lines.next()).value).toBe('a')
  expect((await lines.next()).value).toBe('b')
  await expect(lines.next()).rejects.toMatchObject({ code: 'line-too-long' })
  expect((await lines.next()).done).toBe(true)
})
