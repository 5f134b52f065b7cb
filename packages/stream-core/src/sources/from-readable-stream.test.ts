import { lastValueFrom, toArray } from 'rxjs'
import { expect, test } from 'vitest'
import { settle } from '../../test-support/probe-source.ts'
import { watchUnhandledRejections } from '../../test-support/watch-unhandled-rejections.ts'
import { fromReadableStream } from './from-readable-stream.ts'

watchUnhandledRejections()

const webStream = (chunks: string[], onCancel?: (reason: unknown) => void): ReadableStream<string> =>
  new ReadableStream(
    {
      pull(controller) {
        const chunk = chunks.shift()
        if (chunk !== undefined) controller.enqueue(chunk)
        else if (onCancel === undefined) controller.close()
        // Otherwise the read stays pending.
      },
      cancel: (reason) => onCancel?.(reason),
    },
    { highWaterMark: 0 },
  )

test('gives the chunks', async () => {
  expect(await lastValueFrom(fromReadableStream(webStream(['a', 'b'])).pipe(toArray()))).toEqual(['a', 'b'])
})

test('reads only on demand', async () => {
  const chunks = ['a', 'b', 'c']
  const iterator = fromReadableStream(webStream(chunks))[Symbol.asyncIterator]()
  await iterator.next()
  await settle()
  expect(chunks).toEqual(['b', 'c'])
})

test('cancels at once while a read is pending', async () => {
  const cancelled: unknown[] = []
  const iterator = fromReadableStream(webStream(['a'], (reason) => cancelled.push(reason)))[Symbol.asyncIterator]()
  await iterator.next()
  const pending = iterator.next()
  await settle()
  void iterator.return()
  expect(cancelled).toEqual([expect.objectContaining({ name: 'AbortError' })])
  expect((await pending).done).toBe(true)
})

test('locks the stream for the run only', async () => {
  const whole = webStream(['a', 'b'])
  await lastValueFrom(fromReadableStream(whole))
  expect(whole.locked).toBe(false)
  const left = webStream(['a', 'b'])
  for await (const chunk of fromReadableStream(left)) {
    expect(chunk).toBe('a')
    expect(left.locked).toBe(true)
    break
  }
  expect(left.locked).toBe(false)
})

test('refuses a second run instead of giving nothing', async () => {
  const stream = fromReadableStream(webStream(['a']))
  await lastValueFrom(stream)
  await expect(lastValueFrom(stream)).rejects.toThrow(TypeError)
})

test('refuses a stream that somebody else reads', async () => {
  const web = webStream(['a'])
  web.getReader()
  await expect(lastValueFrom(fromReadableStream(web))).rejects.toThrow(TypeError)
})
