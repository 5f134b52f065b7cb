import { containerError, serviceError, silence } from '@x/sagemaker-local'
import { ResponseStream } from '@x/stream-core'
import type { EmbeddedText, EmbeddingProgress, FailedText } from '@x/bedrock-like-types'
import { from, lastValueFrom, of, toArray } from 'rxjs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { expectedVector, scriptedModel, type ScriptedModel } from './test-support/scripted-model.ts'

const texts = Array.from({ length: 25 }, (_, index) => `text ${index}`)
const embedded = (list: readonly string[]): EmbeddedText[] =>
  list.map((text, index) => ({ id: undefined, index, text, embedding: expectedVector(text) }))

let model: ScriptedModel
beforeAll(async () => {
  model = await scriptedModel()
})
afterAll(() => model[Symbol.asyncDispose]())
beforeEach(async () => {
  await model.runtime.idle()
  model.sent.length = 0
  model.script = () => undefined
})

async function collect<T>(stream: AsyncIterable<T>, into: T[] = []): Promise<T[]> {
  for await (const item of stream) into.push(item)
  return into
}

describe('takes texts from', () => {
  async function* later(): AsyncGenerator<string> {
    yield* texts
  }
  test.each([
    ['an array', () => texts],
    ['a set', () => new Set(texts)],
    ['an async generator', () => later()],
    ['an Observable', () => from(texts)],
    ['a ResponseStream', () => ResponseStream.from(() => texts)],
  ])('%s', async (_, source) => {
    expect(await collect(model.embedding().embedStream(source()))).toEqual(embedded(texts))
    expect(model.sent.map((batch) => batch.length).toSorted((a, b) => a - b)).toEqual([5, 10, 10])
  })

  test('objects with ids', async () => {
    const source = [{ id: 'a', text: 'text 1' }, 'text 2', { id: 'c', text: 'text 3', page: 7 }]
    expect(await collect(model.embedding().embedStream(source))).toEqual([
      { id: 'a', index: 0, text: 'text 1', embedding: expectedVector('text 1') },
      { id: undefined, index: 1, text: 'text 2', embedding: expectedVector('text 2') },
      { id: 'c', index: 2, text: 'text 3', embedding: expectedVector('text 3') },
    ])
  })

  test('nothing at all, without a request', async () => {
    expect(await collect(model.embedding().embedStream([]))).toEqual([])
    expect(model.sent).toEqual([])
  })

  test.each([
    ['a single string', 'text', 'the source is a single string'],
    ['a number', { 0: 'text' }, 'the source is neither an iterable, an async iterable nor an Observable'],
  ])('not from %s', async (_, source, message) => {
    await expect(collect(model.embedding().embedStream(source as never))).rejects.toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining(message),
    })
  })

  test('nor from items that have none; texts before them come first', async () => {
    const results: EmbeddedText[] = []
    const source = ['text 1', 'text 2', { id: 'x' }, 'text 3'] as never
    await expect(collect(model.embedding().embedStream(source), results)).rejects.toMatchObject({
      code: 'invalid-request',
      index: 2,
    })
    expect(results).toEqual(embedded(['text 1', 'text 2']))
  })
})

test('to RxJS it is an Observable', async () => {
  const stream = model.embedding().embedStream(texts)
  expect(await lastValueFrom(stream.pipe(toArray()))).toEqual(embedded(texts))
})

test('each iteration embeds the source anew, and nothing happens before the first', async () => {
  const stream = model.embedding().embedStream(of('text 1'))
  expect(model.sent).toEqual([])
  await collect(stream)
  await collect(stream)
  expect(model.sent).toEqual([['text 1'], ['text 1']])
})

test('a slow consumer keeps the source waiting', async () => {
  let pulled = 0
  function* source(): Generator<string> {
    for (;;) yield `text ${pulled++}`
  }
  const stream = model.embedding({ embedBatchSize: 5, concurrency: 2 }).embedStream(source())
  const iterator = stream[Symbol.asyncIterator]()
  for (let taken = 1; taken <= 100; taken++) {
    expect((await iterator.next()).value).toMatchObject({ index: taken - 1 })
    // Batches that are in flight or done, twice the concurrency at most, and the one that is being filled.
    expect(pulled - taken).toBeLessThanOrEqual((2 * 2 + 1) * 5 + 5)
  }
  await iterator.return?.()
  await model.runtime.idle()
  const before = pulled
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(pulled).toBe(before)
})

test('a slow source gets the vectors of what it has given so far', async () => {
  const taken: Promise<void>[] = []
  const tell: (() => void)[] = []
  for (let index = 0; index < 3; index++) taken.push(new Promise((resolve) => tell.push(resolve)))
  async function* source(): AsyncGenerator<string> {
    for (const [index, wait] of taken.entries()) {
      yield `text ${index}`
      // The next one comes only when the vector of this one is there.
      await wait
    }
  }
  const results: EmbeddedText[] = []
  for await (const item of model.embedding().embedStream(source())) {
    results.push(item)
    tell[item.index]?.()
  }
  expect(results).toEqual(embedded(['text 0', 'text 1', 'text 2']))
})

describe('leaving early', () => {
  test('closes the source and the requests in flight', async () => {
    let isClosed = false
    async function* source(): AsyncGenerator<string> {
      try {
        for (const text of texts) yield text
      } finally {
        isClosed = true
      }
    }
    model.script = (batch) => (batch.includes('text 0') ? undefined : silence())
    for await (const { index } of model.embedding().embedStream(source())) {
      while (model.sent.length < 3) await new Promise((resolve) => setImmediate(resolve))
      if (index === 3) break
    }
    await model.runtime.idle()
    expect(isClosed).toBe(true)
    expect(model.runtime.requests.slice(-2).map(({ outcome }) => outcome)).toEqual(['aborted', 'aborted'])
  })

  test('closes a source that gives nothing', async () => {
    let isClosed = false
    const source = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise<IteratorResult<string>>(() => {}),
        return: async () => {
          isClosed = true
          return { done: true as const, value: undefined }
        },
      }),
    }
    const iterator = model.embedding().embedStream(source)[Symbol.asyncIterator]()
    const pending = iterator.next()
    await new Promise((resolve) => setImmediate(resolve))
    await iterator.return?.()
    expect(await pending).toMatchObject({ done: true })
    await new Promise((resolve) => setImmediate(resolve))
    expect(isClosed).toBe(true)
  })
})

describe('an abort', () => {
  test('ends the stream at once with code aborted and the reason as its cause', async () => {
    model.script = () => silence()
    const controller = new AbortController()
    const reading = collect(model.embedding().embedStream(texts, { signal: controller.signal }))
    while (model.sent.length === 0) await new Promise((resolve) => setImmediate(resolve))
    const reason = new Error('enough')
    controller.abort(reason)
    await expect(reading).rejects.toMatchObject({ name: 'AbortError', code: 'aborted', cause: reason })
    await model.runtime.idle()
  })

  test('is noticed between two items', async () => {
    const controller = new AbortController()
    const results: EmbeddedText[] = []
    const reading = (async () => {
      for await (const item of model.embedding().embedStream(texts, { signal: controller.signal })) {
        results.push(item)
        if (results.length === 3) controller.abort()
      }
    })()
    await expect(reading).rejects.toMatchObject({ name: 'AbortError', code: 'aborted' })
    expect(results).toEqual(embedded(texts.slice(0, 3)))
  })

  test('before the start sends nothing and opens nothing', async () => {
    const signal = AbortSignal.abort()
    await expect(collect(model.embedding().embedStream(texts, { signal }))).rejects.toMatchObject({ code: 'aborted' })
    await expect(model.embedding().getTextEmbeddings(texts, { signal })).rejects.toMatchObject({ code: 'aborted' })
    await expect(model.embedding().getQueryEmbedding('a', { signal })).rejects.toMatchObject({ code: 'aborted' })
    expect(model.sent).toEqual([])
  })
})

test('an error of the source comes after the vectors of all texts before it', async () => {
  async function* source(): AsyncGenerator<string> {
    yield* texts
    throw new Error('disk is gone')
  }
  const results: EmbeddedText[] = []
  await expect(collect(model.embedding().embedStream(source()), results)).rejects.toThrow('disk is gone')
  expect(results).toEqual(embedded(texts))
})

describe('a text that the model refuses', () => {
  const source = texts.map((text, index) => ({ id: `#${index}`, text }))
  beforeEach(() => {
    model.script = (batch) =>
      batch.includes('text 13') ? containerError(422, { error: 'bad token', error_type: 'Tokenizer' }) : undefined
  })

  test('ends the stream after the vectors of all texts before it, and is named by its index and id', async () => {
    const results: EmbeddedText[] = []
    await expect(collect(model.embedding().embedStream(source), results)).rejects.toMatchObject({
      name: 'SagemakerError',
      code: 'invalid-request',
      index: 13,
      id: '#13',
    })
    expect(results.map(({ index }) => index)).toEqual(texts.slice(0, 13).map((_, index) => index))
  })

  test('is yielded with its error by onError skip, and costs no other text its vector', async () => {
    const results = await collect(model.embedding().embedStream(source, { onError: 'skip' }))
    expect(results.map(({ index, id, text }) => [index, id, text])).toEqual(
      source.map(({ id, text }, index) => [index, id, text]),
    )
    expect(results[13]).toMatchObject({ error: { code: 'invalid-request', index: 13, id: '#13' } })
    expect(results.filter(({ error }) => error !== undefined)).toHaveLength(1)
    expect(results.filter(({ embedding }) => embedding !== undefined)).toHaveLength(24)
  })

  test('is found by halving, not by sending each text alone', async () => {
    await collect(model.embedding({ embedBatchSize: 25 }).embedStream(source, { onError: 'skip' }))
    // 25 texts: the whole, and two halves on each of at most five levels.
    expect(model.sent.length).toBeLessThanOrEqual(11)
  })
})

test('with onError skip, what befalls all texts ends the stream all the same', async () => {
  model.script = () => serviceError('ValidationError', { message: 'Endpoint model of account 1 not found.' })
  await expect(collect(model.embedding().embedStream(texts, { onError: 'skip' }))).rejects.toMatchObject({
    code: 'endpoint-not-found',
  })
})

test('with onError skip, a request without an answer costs its texts their vectors, and no others', async () => {
  model.script = (batch) => (batch.includes('text 12') ? containerError(503, 'busy') : undefined)
  const results: (EmbeddedText | FailedText)[] = await collect(
    model.embedding().embedStream(texts, { onError: 'skip' }),
  )
  const failed = results.filter(({ error }) => error !== undefined).map(({ index }) => index)
  expect(failed).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19])
})

test('a request of one text that gets no answer names the text', async () => {
  model.script = () => containerError(503, 'busy')
  const stream = model.embedding().embedStream([{ id: 'only', text: 'text 1' }])
  await expect(collect(stream)).rejects.toMatchObject({ code: 'service-unavailable', index: 0, id: 'only' })
})

test('progress tells of texts done and refused, of speed, and of the total where it is known', async () => {
  model.script = (batch) => (batch.includes('text 3') ? containerError(400, { error: 'bad' }) : undefined)
  const progress: EmbeddingProgress[] = []
  const onProgress = (event: EmbeddingProgress): void => void progress.push(event)
  await collect(model.embedding().embedStream(texts, { onError: 'skip', onProgress }))
  expect(progress).toHaveLength(3)
  const done = progress.map((event) => event.done)
  expect(done).toEqual(done.toSorted((a, b) => a - b))
  expect(progress.map(({ total }) => total)).toEqual([25, 25, 25])
  expect(progress.at(-1)).toEqual({
    done: 25,
    failed: 1,
    total: 25,
    textsPerSecond: expect.any(Number),
    tokens: undefined,
  })
  expect(progress.at(-1)?.textsPerSecond).toBeGreaterThan(0)
})

test('an Observable that pushes more than 10,000 texts too early is told so, after the vectors of those', async () => {
  const many = Array.from({ length: 12_000 }, (_, index) => `text ${index}`)
  const results: EmbeddedText[] = []
  const stream = model.embedding({ embedBatchSize: 500 }).embedStream(from(many))
  await expect(collect(stream, results)).rejects.toMatchObject({ code: 'queue-overflow', maxQueued: 10_000 })
  expect(results.length).toBeGreaterThanOrEqual(10_000)
  expect(results.map(({ text }) => text)).toEqual(many.slice(0, results.length))
})
