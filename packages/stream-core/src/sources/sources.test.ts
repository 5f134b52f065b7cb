import { Readable } from 'node:stream'
import { lastValueFrom, toArray } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { ProbeSource, settle } from '../../test-support/probe-source.ts'
import { watchUnhandledRejections } from '../../test-support/watch-unhandled-rejections.ts'
import { fromAsyncIterable } from './from-async-iterable.ts'
import { fromReadableStream } from './from-readable-stream.ts'
import { type PayloadPartEvent, payloadParts } from './payload-parts.ts'

watchUnhandledRejections()

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const part = (text: string): PayloadPartEvent => ({ PayloadPart: { Bytes: bytes(text) } })

async function text(stream: AsyncIterable<Uint8Array>): Promise<string> {
  let all = ''
  for await (const chunk of stream) all += new TextDecoder().decode(chunk)
  return all
}

describe('fromAsyncIterable', () => {
  test('opens a new run for each subscriber', async () => {
    const source = new ProbeSource(['a', 'b'])
    const stream = fromAsyncIterable(source.open)
    expect(await lastValueFrom(stream.pipe(toArray()))).toEqual(['a', 'b'])
    expect(await lastValueFrom(stream.pipe(toArray()))).toEqual(['a', 'b'])
    expect(source.opened).toBe(2)
  })

  test('destroys a stalled Node Readable at once', async () => {
    const readable = new Readable({ read: () => {} })
    readable.push('first')
    const seen: unknown[] = []
    const subscription = fromAsyncIterable<Buffer>(() => readable).subscribe((chunk) => seen.push(String(chunk)))
    await settle()
    expect(seen).toEqual(['first'])
    subscription.unsubscribe()
    expect(readable.destroyed).toBe(true)
  })

  test('destroys a Node Readable that comes after the subscriber has left', async () => {
    const readable = new Readable({ read: () => {} })
    let bring: (readable: Readable) => void = () => {}
    const late = fromAsyncIterable(() => new Promise<Readable>((resolve) => (bring = resolve))).subscribe()
    await settle()
    late.unsubscribe()
    bring(readable)
    await settle()
    expect(readable.destroyed).toBe(true)
  })

  test('passes the error of a Node Readable on after its chunks', async () => {
    const readable = Readable.from(
      (function* () {
        yield 'a'
        throw new Error('disk')
      })(),
    )
    const seen: string[] = []
    const run = lastValueFrom(fromAsyncIterable<string>(() => readable).pipe(toArray()))
    await expect(run).rejects.toThrow('disk')
    await expect(
      (async () => {
        for await (const chunk of fromAsyncIterable<string>(() => Readable.from(['x', 'y']))) seen.push(chunk)
      })(),
    ).resolves.toBeUndefined()
    expect(seen).toEqual(['x', 'y'])
  })
})

describe('fromReadableStream', () => {
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
})

describe('payloadParts', () => {
  async function* body(...events: PayloadPartEvent[]): AsyncGenerator<PayloadPartEvent> {
    yield* events
  }

  test('gives the bytes and skips parts without bytes and unknown events', async () => {
    const events = [part('ab'), {}, { PayloadPart: {} }, { PayloadPart: { Bytes: new Uint8Array() } }, part('c')]
    expect(await text(payloadParts(body(...events)))).toBe('abc')
  })

  test.each(['ModelStreamError', 'InternalStreamFailure'])(
    'a yielded %s is the error, after the bytes',
    async (name) => {
      const failure = Object.assign(new Error('model died'), { name })
      const seen: string[] = []
      const run = (async () => {
        for await (const chunk of payloadParts(body(part('ab'), { [name]: failure }, part('c')))) {
          seen.push(new TextDecoder().decode(chunk))
        }
      })()
      await expect(run).rejects.toBe(failure)
      expect(seen).toEqual(['ab'])
    },
  )

  test('fails when the answer has no body, and on a second run of one body', async () => {
    await expect(text(payloadParts(undefined))).rejects.toThrow('The answer has no Body.')
    const stream = payloadParts(body(part('a')))
    await text(stream)
    await expect(text(stream)).rejects.toThrow(TypeError)
  })

  test('from a factory aborts the call when it is left, and can be run again', async () => {
    const source = new ProbeSource([part('a'), part('b')])
    const stream = payloadParts(async (signal) => source.open(signal))
    for await (const chunk of stream) {
      expect(chunk).toEqual(bytes('a'))
      break
    }
    expect(source.abortReason).toMatchObject({ name: 'AbortError' })
    expect(await text(stream)).toBe('ab')
  })
})
