import { firstValueFrom, from, lastValueFrom, Observable, take, toArray } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { ProbeSource, settle } from '../../test-support/probe-source.ts'
import { watchUnhandledRejections } from '../../test-support/watch-unhandled-rejections.ts'
import type { Decoder } from '../decoders/decoder.ts'
import { ResponseStream } from './response-stream.ts'

watchUnhandledRejections()

async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of stream) items.push(item)
  return items
}

/** `'a,b'` to `'a'`, `'b'`; fails at `'!'` with what comes before it decoded. */
function commaDecoder(): Decoder<string, string> {
  return {
    push(chunk) {
      const values: string[] = []
      this.pushEach?.(chunk, (value) => values.push(value))
      return values
    },
    flush: () => [],
    pushEach(chunk, emit) {
      for (const value of chunk.split(',')) {
        if (value === '!') throw new Error('bad value')
        emit(value)
      }
    },
    flushEach: () => {},
  }
}

describe('iterating', () => {
  test('gives the items in order and ends', async () => {
    const source = new ProbeSource([1, 2, 3])
    expect(await collect(ResponseStream.from(source.open))).toEqual([1, 2, 3])
    expect(source.abortReason).toBeUndefined()
    expect(source.returned).toBe(false)
  })

  test('opens nothing before the first item is asked for', async () => {
    const source = new ProbeSource([1])
    const stream = ResponseStream.from(source.open)
    const iterator = stream[Symbol.asyncIterator]()
    await settle()
    expect(source.opened).toBe(0)
    await iterator.next()
    expect(source.opened).toBe(1)
  })

  test('asks the source for one item per item taken', async () => {
    const source = new ProbeSource(Array.from({ length: 1000 }, (_, index) => index))
    const iterator = ResponseStream.from(source.open)[Symbol.asyncIterator]()
    for (let taken = 1; taken <= 10; taken++) {
      await iterator.next()
      await settle()
      expect(source.pulls).toBe(taken)
    }
  })

  test('twice is two runs', async () => {
    const source = new ProbeSource([1, 2])
    const stream = ResponseStream.from(source.open)
    expect(await collect(stream)).toEqual([1, 2])
    expect(await collect(stream)).toEqual([1, 2])
    expect(source.opened).toBe(2)
  })

  test('takes a promise of an iterable, an iterable and a web stream from the factory', async () => {
    expect(
      await collect(ResponseStream.from(async () => new ProbeSource([1]).open(new AbortController().signal))),
    ).toEqual([1])
    expect(await collect(ResponseStream.from(() => [1, 2]))).toEqual([1, 2])
    const web = (): ReadableStream<string> =>
      new ReadableStream({
        start(controller) {
          controller.enqueue('a')
          controller.close()
        },
      })
    expect(await collect(ResponseStream.from(web))).toEqual(['a'])
  })

  test('answers requests made at once in order', async () => {
    const stream = ResponseStream.from(new ProbeSource(['a,b,c', 'd']).open).pipeDecoder(commaDecoder)
    const iterator = stream[Symbol.asyncIterator]()
    const answers = await Promise.all(Array.from({ length: 6 }, () => iterator.next()))
    expect(answers.map((answer) => answer.value)).toEqual(['a', 'b', 'c', 'd', undefined, undefined])
    expect(answers.map((answer) => answer.done)).toEqual([false, false, false, false, true, true])
  })

  test('stays finished after the end and after an error', async () => {
    const failing = ResponseStream.from(new ProbeSource([1], { error: new Error('reset') }).open)[
      Symbol.asyncIterator
    ]()
    await failing.next()
    await expect(failing.next()).rejects.toThrow('reset')
    expect(await failing.next()).toEqual({ done: true, value: undefined })
  })
})

describe('leaving a loop', () => {
  test('by break aborts the signal, then calls return, and does not wait for it', async () => {
    const source = new ProbeSource([1, 2, 3])
    for await (const item of ResponseStream.from(source.open)) if (item === 2) break
    expect(source.events).toEqual([
      'open',
      'next',
      'next',
      { abort: expect.objectContaining({ name: 'AbortError' }) },
      'return',
    ])
  })

  test('by throw closes the source and keeps the error', async () => {
    const source = new ProbeSource([1, 2, 3])
    const loop = async (): Promise<void> => {
      for await (const item of ResponseStream.from(source.open)) throw new Error(`no ${item}`)
    }
    await expect(loop()).rejects.toThrow('no 1')
    expect(source.returned).toBe(true)
  })

  test('while next() is pending closes the source and answers that next() with done', async () => {
    const source = new ProbeSource([1], 'stall')
    const iterator = ResponseStream.from(source.open)[Symbol.asyncIterator]()
    await iterator.next()
    const pending = [iterator.next(), iterator.next()]
    await settle()
    await iterator.return()
    expect(source.returned).toBe(true)
    expect(await Promise.all(pending)).toEqual([
      { done: true, value: undefined },
      { done: true, value: undefined },
    ])
  })

  test('stops a stalled async generator through the signal', async () => {
    let cleanedUp = false
    const stream = ResponseStream.from(async function* (signal) {
      try {
        yield 1
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
      } finally {
        cleanedUp = true
      }
    })
    const iterator = stream[Symbol.asyncIterator]()
    await iterator.next()
    const pending = iterator.next()
    await settle()
    await iterator.return()
    await settle()
    expect(await pending).toEqual({ done: true, value: undefined })
    expect(cleanedUp).toBe(true)
  })

  test('while the factory is at work closes what it brings later', async () => {
    const source = new ProbeSource([1])
    let bring: (iterable: AsyncIterable<number>) => void = () => {}
    let signal: AbortSignal | undefined
    const stream = ResponseStream.from((given) => {
      signal = given
      return new Promise<AsyncIterable<number>>((resolve) => {
        bring = resolve
      })
    })
    const iterator = stream[Symbol.asyncIterator]()
    const pending = iterator.next()
    await iterator.return()
    expect(signal?.aborted).toBe(true)
    expect(await pending).toEqual({ done: true, value: undefined })
    bring(source.open(new AbortController().signal))
    await settle()
    expect(source.events).toEqual(['open', 'return'])
  })

  test('by throw() makes the error the reason of the abort', async () => {
    const source = new ProbeSource([1, 2])
    const iterator = ResponseStream.from(source.open)[Symbol.asyncIterator]()
    await iterator.next()
    const error = new Error('enough')
    await expect(iterator.throw(error)).rejects.toBe(error)
    expect(source.abortReason).toBe(error)
  })

  test('by the end of a using and of an await using block', async () => {
    const first = new ProbeSource([1, 2])
    {
      using iterator = ResponseStream.from(first.open)[Symbol.asyncIterator]()
      await iterator.next()
    }
    expect(first.returned).toBe(true)
    const second = new ProbeSource([1, 2])
    {
      await using iterator = ResponseStream.from(second.open)[Symbol.asyncIterator]()
      await iterator.next()
    }
    expect(second.returned).toBe(true)
  })

  test('before the first item never opens the source', async () => {
    const source = new ProbeSource([1])
    const iterator = ResponseStream.from(source.open)[Symbol.asyncIterator]()
    expect(await iterator.return('left')).toEqual({ done: true, value: 'left' })
    expect(await iterator.next()).toEqual({ done: true, value: undefined })
    expect(source.opened).toBe(0)
  })

  test('swallows what the cleanup of a source throws', async () => {
    const stream = ResponseStream.from(() => ({
      [Symbol.asyncIterator]: () => ({
        next: () => Promise.resolve({ done: false as const, value: 1 }),
        return: () => Promise.reject(new Error('cleanup failed')),
      }),
    }))
    for await (const item of stream) {
      expect(item).toBe(1)
      break
    }
  })
})

describe('errors', () => {
  test('of the source come after its items and abort its signal', async () => {
    const error = new Error('reset')
    const source = new ProbeSource([1, 2], { error })
    const seen: number[] = []
    const loop = async (): Promise<void> => {
      for await (const item of ResponseStream.from(source.open)) seen.push(item)
    }
    await expect(loop()).rejects.toBe(error)
    expect(seen).toEqual([1, 2])
    expect(source.abortReason).toBe(error)
    // By the protocol of iterators, one that has thrown is finished.
    expect(source.returned).toBe(false)
  })

  test('of the factory are the errors of the run', async () => {
    const thrown = ResponseStream.from((): number[] => {
      throw new Error('no endpoint')
    })
    await expect(collect(thrown)).rejects.toThrow('no endpoint')
    await expect(lastValueFrom(thrown)).rejects.toThrow('no endpoint')
    await expect(collect(ResponseStream.from(() => Promise.reject(new Error('refused'))))).rejects.toThrow('refused')
  })

  test('name a factory that gives no source', async () => {
    await expect(collect(ResponseStream.from(() => undefined as unknown as number[]))).rejects.toThrow(
      'A stream source must be an async iterable, an iterable or a ReadableStream.',
    )
  })
})

describe('fromBatches', () => {
  test('hands out the items of the batches in order, and passes over empty ones', async () => {
    const source = new ProbeSource<readonly number[]>([[1, 2], [], [3], [4, 5, 6], []])
    expect(await collect(ResponseStream.fromBatches(source.open))).toEqual([1, 2, 3, 4, 5, 6])
    expect(source.abortReason).toBeUndefined()
  })

  test('asks for a batch only when the one before is used up', async () => {
    const source = new ProbeSource<readonly string[]>([['a', 'b'], ['c', 'd'], ['e']])
    const iterator = ResponseStream.fromBatches(source.open)[Symbol.asyncIterator]()
    const pullsAfter: number[] = []
    for (let taken = 0; taken < 5; taken++) {
      await iterator.next()
      await settle()
      pullsAfter.push(source.pulls)
    }
    expect(pullsAfter).toEqual([1, 1, 2, 2, 3])
  })

  test('left in the middle of a batch closes the source', async () => {
    const source = new ProbeSource<readonly number[]>([[1, 2, 3]])
    expect(await firstValueFrom(ResponseStream.fromBatches(source.open).pipe(take(2), toArray()))).toEqual([1, 2])
    expect(source.returned).toBe(true)
  })

  test('left while it waits behind an empty batch asks for nothing more', async () => {
    const source = new ProbeSource<readonly number[]>([[]], 'stall')
    const iterator = ResponseStream.fromBatches(source.open)[Symbol.asyncIterator]()
    const pending = iterator.next()
    await settle()
    await iterator.return()
    expect(await pending).toEqual({ done: true, value: undefined })
    expect(source.pulls).toBe(2)
    expect(source.returned).toBe(true)
  })

  test('gives an error of the source after the items', async () => {
    const error = new Error('reset')
    const source = new ProbeSource<readonly number[]>([[1, 2]], { error })
    const seen: unknown[] = []
    ResponseStream.fromBatches(source.open).subscribe({ next: (item) => seen.push(item), error: (e) => seen.push(e) })
    await settle()
    expect(seen).toEqual([1, 2, error])
  })
})

describe('pipeDecoder', () => {
  test('asks for a chunk only when the values of the last one are taken', async () => {
    const source = new ProbeSource(['a,b,c', 'd,e,f', 'g'])
    const iterator = ResponseStream.from(source.open).pipeDecoder(commaDecoder)[Symbol.asyncIterator]()
    const pullsAfter: number[] = []
    for (let taken = 0; taken < 7; taken++) {
      await iterator.next()
      await settle()
      pullsAfter.push(source.pulls)
    }
    expect(pullsAfter).toEqual([1, 1, 1, 2, 2, 2, 3])
  })

  test('delivers what was decoded before an error first, and closes the source when it happens', async () => {
    const source = new ProbeSource(['a,b,!,c', 'd'])
    const iterator = ResponseStream.from(source.open).pipeDecoder(commaDecoder)[Symbol.asyncIterator]()
    expect((await iterator.next()).value).toBe('a')
    expect(source.returned).toBe(true)
    expect(source.abortReason).toMatchObject({ message: 'bad value' })
    expect((await iterator.next()).value).toBe('b')
    await expect(iterator.next()).rejects.toThrow('bad value')
  })

  test('flushes at the end', async () => {
    const counting = (): Decoder<string, number> => {
      let count = 0
      return {
        push: () => {
          count++
          return []
        },
        flush: () => [count],
      }
    }
    const stream = ResponseStream.from(new ProbeSource(['a', 'b']).open).pipeDecoder(counting)
    expect(await collect(stream)).toEqual([2])
    expect(await collect(stream)).toEqual([2])
    expect(await firstValueFrom(stream)).toBe(2)
  })

  test('delivers what the end completes before an error that the end shows', async () => {
    const callback: Decoder<string, string> = {
      push: () => [],
      flush: () => [],
      pushEach: () => {},
      flushEach: (emit) => {
        emit('last')
        throw new Error('truncated')
      },
    }
    let flushes = 0
    const array: Decoder<string, string> = {
      push: () => [],
      flush: () => {
        if (flushes++ > 0) throw new Error('truncated')
        return ['last']
      },
    }
    for (const decoder of [callback, array]) {
      const stream = ResponseStream.from(() => ['a']).pipeDecoder(() => decoder)
      const iterator = stream[Symbol.asyncIterator]()
      expect((await iterator.next()).value).toBe('last')
      await expect(iterator.next()).rejects.toThrow('truncated')
    }
  })

  test('does not flush after an error of the source', async () => {
    const stream = ResponseStream.from(new ProbeSource(['a'], { error: new Error('reset') }).open).pipeDecoder(() => ({
      push: () => [],
      flush: () => ['unfinished'],
    }))
    await expect(collect(stream)).rejects.toThrow('reset')
  })

  test('stacks', async () => {
    const source = new ProbeSource(['1,2', '3'])
    const doubled = ResponseStream.from(source.open)
      .pipeDecoder(commaDecoder)
      .pipeDecoder(() => ({ push: (text: string) => [Number(text) * 2], flush: () => [] }))
    expect(await collect(doubled)).toEqual([2, 4, 6])
    for await (const item of doubled) if (item === 2) break
    expect(source.returned).toBe(true)
  })

  test('reports a decoder that cannot be made', async () => {
    const source = new ProbeSource(['a'])
    const stream = ResponseStream.from(source.open).pipeDecoder((): Decoder<string, string> => {
      throw new Error('no decoder')
    })
    await expect(collect(stream)).rejects.toThrow('no decoder')
    await expect(lastValueFrom(stream)).rejects.toThrow('no decoder')
  })
})

describe('subscribing', () => {
  test('delivers the items and completes', async () => {
    const source = new ProbeSource([1, 2, 3])
    expect(await lastValueFrom(ResponseStream.from(source.open).pipe(toArray()))).toEqual([1, 2, 3])
    expect(source.abortReason).toBeUndefined()
  })

  test('opens the source within subscribe and delivers after it', async () => {
    const source = new ProbeSource([1])
    const seen: unknown[] = []
    ResponseStream.from(source.open).subscribe({
      next: (item) => seen.push(item),
      complete: () => seen.push('complete'),
    })
    expect(source.opened).toBe(1)
    expect(seen).toEqual([])
    await settle()
    expect(seen).toEqual([1, 'complete'])
  })

  test('is an Observable to RxJS', async () => {
    const stream = ResponseStream.from(() => [1, 2])
    expect(from(stream)).toBe(stream)
    expect(stream).toBeInstanceOf(Observable)
    expect(await firstValueFrom(stream)).toBe(1)
    expect(stream.pipe(take(1))).not.toBeInstanceOf(ResponseStream)
  })

  test('unsubscribing closes a stalled source at once', async () => {
    const source = new ProbeSource([1], 'stall')
    const subscription = ResponseStream.from(source.open).subscribe()
    await settle()
    subscription.unsubscribe()
    expect(source.events.slice(-2)).toEqual([{ abort: expect.objectContaining({ name: 'AbortError' }) }, 'return'])
  })

  test('take(n) stops in the middle of a chunk and closes the source', async () => {
    const source = new ProbeSource(['a,b,c,d', 'e'])
    const seen = await lastValueFrom(
      ResponseStream.from(source.open).pipeDecoder(commaDecoder).pipe(take(2), toArray()),
    )
    expect(seen).toEqual(['a', 'b'])
    expect(source.returned).toBe(true)
    expect(source.pulls).toBe(1)
  })

  test('unsubscribing at once never asks for an item', async () => {
    const source = new ProbeSource([1])
    ResponseStream.from(source.open).subscribe().unsubscribe()
    await settle()
    expect(source.pulls).toBe(0)
  })

  test('passes an error on after the items', async () => {
    const seen: unknown[] = []
    const error = new Error('reset')
    ResponseStream.from(new ProbeSource([1, 2], { error }).open).subscribe({
      next: (item) => seen.push(item),
      error: (reason: unknown) => seen.push(reason),
    })
    await settle()
    expect(seen).toEqual([1, 2, error])
  })
})

describe('signal', () => {
  test('ends a waiting loop with its reason', async () => {
    const source = new ProbeSource([1], 'stall')
    const controller = new AbortController()
    const reason = new Error('stop button')
    const loop = collect(ResponseStream.from(source.open, { signal: controller.signal }))
    await settle()
    controller.abort(reason)
    await expect(loop).rejects.toBe(reason)
    expect(source.abortReason).toBe(reason)
    expect(source.returned).toBe(true)
  })

  test('drops items that wait in memory', async () => {
    const controller = new AbortController()
    const source = new ProbeSource(['a,b,c'])
    const stream = ResponseStream.from(source.open, { signal: controller.signal }).pipeDecoder(commaDecoder)
    const iterator = stream[Symbol.asyncIterator]()
    await iterator.next()
    controller.abort()
    await expect(iterator.next()).rejects.toMatchObject({ name: 'AbortError' })
    expect(await iterator.next()).toEqual({ done: true, value: undefined })
  })

  test('aborted before the start opens nothing', async () => {
    const source = new ProbeSource([1])
    const stream = ResponseStream.from(source.open, { signal: AbortSignal.abort() })
    await expect(collect(stream)).rejects.toMatchObject({ name: 'AbortError' })
    await expect(lastValueFrom(stream)).rejects.toMatchObject({ name: 'AbortError' })
    expect(source.opened).toBe(0)
  })

  test('ends a subscription with its reason', async () => {
    const source = new ProbeSource([1], 'stall')
    const controller = new AbortController()
    const result = lastValueFrom(ResponseStream.from(source.open, { signal: controller.signal }))
    await settle()
    const reason = new Error('stop button')
    controller.abort(reason)
    await expect(result).rejects.toBe(reason)
    expect(source.abortReason).toBe(reason)
    expect(source.returned).toBe(true)
  })

  test('that aborts after a run has ended concerns it no more', async () => {
    const source = new ProbeSource([1])
    const controller = new AbortController()
    expect(await collect(ResponseStream.from(source.open, { signal: controller.signal }))).toEqual([1])
    controller.abort()
    expect(source.abortReason).toBeUndefined()
  })
})

describe('toReadableStream', () => {
  test('reads only on demand', async () => {
    const source = new ProbeSource([1, 2, 3])
    const reader = ResponseStream.from(source.open).toReadableStream().getReader()
    await settle()
    expect(source.opened).toBe(0)
    expect(await reader.read()).toEqual({ done: false, value: 1 })
    await settle()
    expect(source.pulls).toBe(1)
  })

  test('gives all items and ends', async () => {
    expect(await collect(ResponseStream.from(() => [1, 2, 3]).toReadableStream())).toEqual([1, 2, 3])
  })

  test('is a body for a Response', async () => {
    const parts = ['Grüße', ' 🙂'].map((text) => new TextEncoder().encode(text))
    expect(await new Response(ResponseStream.from(() => parts).toReadableStream()).text()).toBe('Grüße 🙂')
  })

  test('cancel closes the source with its reason, also during a read', async () => {
    const source = new ProbeSource([1], 'stall')
    const reader = ResponseStream.from(source.open).toReadableStream().getReader()
    await reader.read()
    const pending = reader.read()
    await settle()
    await reader.cancel('navigated away')
    expect(source.abortReason).toBe('navigated away')
    expect(source.returned).toBe(true)
    expect((await pending).done).toBe(true)
  })

  test('passes an error on after the items', async () => {
    const error = new Error('reset')
    const reader = ResponseStream.from(new ProbeSource([1], { error }).open)
      .toReadableStream()
      .getReader()
    await reader.read()
    await expect(reader.read()).rejects.toBe(error)
  })
})

test('streams of two copies of the package recognise each other', async () => {
  const secondCopy = './response-stream.ts?second-copy'
  const copy = (await import(/* @vite-ignore */ secondCopy)) as { ResponseStream: typeof ResponseStream }
  const foreign = copy.ResponseStream.from(() => [1])
  expect(copy.ResponseStream).not.toBe(ResponseStream)
  expect(foreign).not.toBeInstanceOf(ResponseStream)
  expect(ResponseStream.is(foreign)).toBe(true)
  expect(ResponseStream.is(ResponseStream.from(() => [1]))).toBe(true)
  for (const other of [null, undefined, 1, {}, new Observable(), 'stream']) expect(ResponseStream.is(other)).toBe(false)
})
