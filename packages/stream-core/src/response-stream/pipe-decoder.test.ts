import { concat, firstValueFrom, NEVER, of, toArray } from 'rxjs'
import { describe, expect, test, vi } from 'vitest'
import { ProbeSource, settle } from '../../test-support/probe-source.ts'
import { watchUnhandledRejections } from '../../test-support/watch-unhandled-rejections.ts'
import type { Decoder } from '../decoders/decoder.ts'
import { decode } from '../operators/decode.ts'
import { ResponseStream } from './response-stream.ts'

watchUnhandledRejections()

interface Run {
  readonly items: readonly string[]
  /** What it failed with. */
  readonly error: unknown
}

/** How a stream can be read, each of which has the same outcome. */
const readings: Readonly<Record<string, (stream: ResponseStream<string>) => Promise<Run>>> = {
  'for await': async (stream) => {
    const items: string[] = []
    try {
      for await (const item of stream) items.push(item)
    } catch (error) {
      return { items, error }
    }
    return { items, error: undefined }
  },
  subscribe: (stream) =>
    new Promise((resolve) => {
      const items: string[] = []
      stream.subscribe({
        next: (item) => items.push(item),
        complete: () => resolve({ items, error: undefined }),
        error: (error: unknown) => resolve({ items, error }),
      })
    }),
}

/** Marks what goes through it, and fails at an item that ends with `failAt`. */
class Marker implements Decoder<string, string> {
  readonly calls: string[] = []
  readonly #mark: string
  readonly #failAt: string | undefined

  constructor(mark: string, failAt?: string) {
    this.#mark = mark
    this.#failAt = failAt
  }

  push(item: string): readonly string[] {
    this.calls.push(`push ${item}`)
    if (this.#failAt !== undefined && item.endsWith(this.#failAt)) throw new Error(`${this.#mark} refused ${item}`)
    return [this.#mark + item]
  }

  flush(): readonly string[] {
    this.calls.push('flush')
    return [`${this.#mark}$`]
  }

  fail(error: unknown): unknown {
    this.calls.push('fail')
    return new Error(`${this.#mark} after ${this.calls.length - 1} calls`, { cause: error })
  }
}

const messages = (error: unknown): string[] => (error instanceof Error ? [error.message, ...messages(error.cause)] : [])

const reset = new Error('reset')

test.each(Object.entries(readings))('%s: an error of the source goes through every decoder', async (_, read) => {
  const first = new Marker('1')
  const second = new Marker('2')
  const source = new ProbeSource(['a', 'b'], { error: reset })
  const { items, error } = await read(
    ResponseStream.from(source.open)
      .pipeDecoder(() => first)
      .pipeDecoder(() => second),
  )
  expect(items).toEqual(['21a', '21b'])
  expect(messages(error)).toEqual(['2 after 2 calls', '1 after 2 calls', 'reset'])
  expect(first.calls).toEqual(['push a', 'push b', 'fail'])
  expect(second.calls).toEqual(['push 1a', 'push 1b', 'fail'])
})

test.each(Object.entries(readings))('%s: an error before the first item does, too', async (_, read) => {
  const stream = ResponseStream.from<string>(() => Promise.reject(reset)).pipeDecoder(() => new Marker('1'))
  const { items, error } = await read(stream)
  expect(items).toEqual([])
  expect(messages(error)).toEqual(['1 after 0 calls', 'reset'])
})

test.each(Object.entries(readings))(
  '%s: an error of a decoder goes through the decoders behind it and not through its own `fail`',
  async (_, read) => {
    const decoders = [new Marker('1'), new Marker('2', 'b'), new Marker('3'), new Marker('4')]
    const source = new ProbeSource(['a', 'b', 'c'], 'stall')
    let stream = ResponseStream.from(source.open)
    for (const decoder of decoders) stream = stream.pipeDecoder(() => decoder)
    const { items, error } = await read(stream)
    expect(items).toEqual(['4321a'])
    expect(messages(error)).toEqual(['4 after 1 calls', '3 after 1 calls', '2 refused 1b'])
    expect(decoders.map(({ calls }) => calls.includes('fail'))).toEqual([false, false, true, true])
    expect(source.abortReason).toBeInstanceOf(Error)
  },
)

test('values that precede the error of a decoder go through the decoders behind it first, where they can fail', async () => {
  const failing: Decoder<string, string> = {
    push: () => [],
    flush: () => [],
    pushEach: (chunk, emit) => {
      for (const item of chunk) emit(item)
      throw new Error('first failed')
    },
    flushEach: () => {},
  }
  const stream = ResponseStream.from(() => ['abc'])
    .pipeDecoder(() => failing)
    .pipeDecoder(() => new Marker('2', 'b'))
  expect(await readings['for await']?.(stream)).toMatchObject({ items: ['2a'], error: { message: '2 refused b' } })
})

test.each(Object.entries(readings))(
  '%s: the end reaches every decoder, after what the ones before it had left',
  async (_, read) => {
    const first = new Marker('1')
    const second = new Marker('2')
    const stream = ResponseStream.from(() => ['a'])
      .pipeDecoder(() => first)
      .pipeDecoder(() => second)
    expect(await read(stream)).toEqual({ items: ['21a', '21$', '2$'], error: undefined })
    expect(second.calls.slice(0, 3)).toEqual(['push 1a', 'push 1$', 'flush'])
  },
)

test('what `fail` throws is the error', async () => {
  const decoder: Decoder<string, string> = {
    push: (item) => [item],
    flush: () => [],
    fail: () => {
      throw new Error('cannot say')
    },
  }
  const source = new ProbeSource(['a'], { error: reset })
  const run = await readings['for await']?.(ResponseStream.from(source.open).pipeDecoder(() => decoder))
  expect(run).toMatchObject({ items: ['a'], error: { message: 'cannot say' } })
})

test('a stream that is left early is no failure to its decoders', async () => {
  const decoder = new Marker('1')
  const source = new ProbeSource(['a', 'b'], { error: reset })
  for await (const _ of ResponseStream.from(source.open).pipeDecoder(() => decoder)) break
  await settle()
  expect(source.returned).toBe(true)
  expect(decoder.calls).toEqual(['push a'])
})

test('a decoder that cannot be made is the error, and the source is not opened', async () => {
  const source = new ProbeSource(['a'])
  const stream = ResponseStream.from(source.open)
    .pipeDecoder(() => new Marker('1'))
    .pipeDecoder<string>(() => {
      throw new Error('no decoder')
    })
  expect(await readings['for await']?.(stream)).toMatchObject({ items: [], error: { message: 'no decoder' } })
  expect(source.opened).toBe(0)
})

test('decoders are made for each run, and a stream that is piped twice keeps its own', async () => {
  const base = ResponseStream.from(() => ['a']).pipeDecoder(() => new Marker('1'))
  const left = base.pipeDecoder(() => new Marker('l'))
  const right = base.pipeDecoder(() => new Marker('r'))
  for (const stream of [left, right, left]) {
    const mark = stream === left ? 'l' : 'r'
    expect((await readings['for await']?.(stream))?.items).toEqual([`${mark}1a`, `${mark}1$`, `${mark}$`])
  }
})

test('the operator `decode` reports what `fail` returns', async () => {
  const decoder = new Marker('1')
  const source = new ProbeSource(['a'], { error: reset })
  const items: string[] = []
  const error = await new Promise((resolve) => {
    ResponseStream.from(source.open)
      .pipe(decode(() => decoder))
      .subscribe({ next: (item) => items.push(item), error: resolve })
  })
  expect(items).toEqual(['1a'])
  expect(messages(error)).toEqual(['1 after 1 calls', 'reset'])
})

/** Passes items on up to one that is `end`. */
class UpToEnd implements Decoder<string, string> {
  readonly calls: string[] = []
  isDone = false

  push(item: string): readonly string[] {
    this.calls.push(`push ${item}`)
    this.isDone = item === 'end'
    return this.isDone ? [] : [item]
  }

  flush(): readonly string[] {
    this.calls.push('flush')
    return ['done']
  }

  fail(error: unknown): unknown {
    this.calls.push('fail')
    return error
  }
}

describe('a decoder that is done', () => {
  const afterwards: readonly (readonly [string, ProbeSource<string>])[] = [
    ['stalls', new ProbeSource(['a', 'end'], 'stall')],
    ['fails', new ProbeSource(['a', 'end'], { error: reset })],
    ['has more', new ProbeSource(['a', 'end', 'b', 'c'], 'stall')],
    ['ends', new ProbeSource(['a', 'end'])],
  ]
  const rows = afterwards.flatMap(([ending, source]) =>
    Object.keys(readings).map((reading) => ({ ending, source, reading })),
  )

  test.each(rows)('ends the stream at once where the source $ending, by $reading', async ({ source, reading }) => {
    const upToEnd = new UpToEnd()
    const behind = new Marker('2')
    const stream = ResponseStream.from(source.open)
      .pipeDecoder(() => new Marker(''))
      .pipeDecoder(() => upToEnd)
      .pipeDecoder(() => behind)
    expect(await readings[reading]?.(stream)).toEqual({ items: ['2a', '2done', '2$'], error: undefined })
    expect(upToEnd.calls.filter((call) => call !== 'flush')).toEqual(['push a', 'push end'])
  })

  test('has its source closed, at once if more comes and soon if nothing does', async () => {
    vi.useFakeTimers()
    try {
      const [stalling, talking, ending] = [
        new ProbeSource(['end'], 'stall'),
        new ProbeSource(['end', 'b'], 'stall'),
        new ProbeSource(['end']),
      ]
      const closed = (): boolean[] => [stalling, talking, ending].map(({ abortReason }) => abortReason !== undefined)
      for (const source of [stalling, talking, ending]) {
        for await (const _ of ResponseStream.from(source.open).pipeDecoder(() => new UpToEnd()));
      }
      await vi.advanceTimersByTimeAsync(0)
      expect(closed()).toEqual([false, true, false])
      await vi.advanceTimersByTimeAsync(1_000)
      expect(closed()).toEqual([true, true, false])
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })

  test('completes the operator `decode`', async () => {
    const items = await firstValueFrom(
      concat(of('a', 'end', 'b'), NEVER).pipe(
        decode(() => new UpToEnd()),
        toArray(),
      ),
    )
    expect(items).toEqual(['a', 'done'])
  })
})
