import { Readable } from 'node:stream'
import { lastValueFrom, toArray } from 'rxjs'
import { expect, test } from 'vitest'
import { ProbeSource, settle } from '../../test-support/probe-source.ts'
import { watchUnhandledRejections } from '../../test-support/watch-unhandled-rejections.ts'
import { fromAsyncIterable } from './from-async-iterable.ts'

watchUnhandledRejections()

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
