import { SagemakerEndpoint, SagemakerError } from '@x/sagemaker-endpoint'
import { containerError, demoEmbeddingModel, json, silence, startLocalRuntime } from '@x/sagemaker-local'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  type EmbeddingCallbacks,
  type EmbeddingContentHandler,
  memoryCache,
  openaiEmbedding,
  SagemakerEmbedding,
  similarity,
  teiEmbedding,
  topK,
} from './index.ts'
import { expectedVector, scriptedModel, type ScriptedModel } from './test-support/scripted-model.ts'

const texts = Array.from({ length: 25 }, (_, index) => `text ${index}`)

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

const lastBody = (): unknown => model.runtime.requests.at(-1)?.json()

describe('the demo model', () => {
  test.each([
    ['tei', teiEmbedding()],
    ['openai', openaiEmbedding()],
    ['openai', openaiEmbedding({ encodingFormat: 'float' })],
    ['tei', undefined],
  ] as const)('in format %s finds the text that is most like the query', async (format, contentHandler) => {
    await using runtime = await startLocalRuntime({ endpoints: { demo: demoEmbeddingModel({ format }) } })
    const embedding = new SagemakerEmbedding({
      endpointName: 'demo',
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
      endpoint: runtime.url,
      contentHandler,
    })
    const corpus = ['The lighthouse keeper lit the lamp.', 'Bread is baked at dawn.', 'Ships sail at high tide.']
    const vectors = await embedding.getTextEmbeddings(corpus)
    const query = await embedding.getQueryEmbedding('Who lit the lamp of the lighthouse?')
    expect(topK(query, vectors, 1)[0]?.index).toBe(0)
    expect(similarity(query, query)).toBeCloseTo(1)
    embedding.close()
  })
})

describe('what is sent', () => {
  test('is each text as it is, newlines included, with the instruction before it', async () => {
    const embedding = model.embedding({ queryInstruction: 'query: ', textInstruction: 'passage: ' })
    await embedding.getQueryEmbedding(' two\nlines ')
    expect(lastBody()).toEqual({ inputs: ['query:  two\nlines '] })
    await embedding.getTextEmbedding('one')
    expect(lastBody()).toEqual({ inputs: ['passage: one'] })
    await embedding.getAggregateEmbedding(['one', 'two'])
    expect(lastBody()).toEqual({ inputs: ['query: one', 'query: two'] })
  })

  test('contain equal texts once; each gets its own vector', async () => {
    const [first, second, third] = await model.embedding().getTextEmbeddings(['same', 'other', 'same'])
    expect(model.sent).toEqual([['same', 'other']])
    expect(first).toEqual(expectedVector('same'))
    expect(third).toEqual(first)
    if (first) first[0] = 0
    expect(third).toEqual(expectedVector('same'))
    expect(second).toEqual(expectedVector('other'))
  })

  test('keeps to maxBatchBytes, as it is on the wire', async () => {
    const quoted = texts.map((text) => `"${text}"\n`.repeat(5))
    const embedding = model.embedding({ maxBatchBytes: 400 })
    expect(await embedding.getTextEmbeddings(quoted)).toEqual(quoted.map(expectedVector))
    const sizes = model.runtime.requests.slice(-model.sent.length).map(({ body }) => body.length)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(400)
    expect(Math.min(...model.sent.map((batch) => batch.length))).toBeGreaterThan(1)
  })

  test('is as much as SageMaker takes: what it refuses as too large is cut, and the limit is kept', async () => {
    const limits = { maxBodyBytes: 200 }
    await using runtime = await startLocalRuntime({ endpoints: { demo: demoEmbeddingModel() }, limits })
    const splits: number[] = []
    const callbacks: EmbeddingCallbacks = { onSplit: ({ maxBytes }) => void splits.push(maxBytes) }
    const options = { endpointName: 'demo', endpoint: runtime.url, embedBatchSize: 25, concurrency: 1, callbacks }
    const embedding = model.embedding(options)
    expect(await embedding.getTextEmbeddings(texts)).toHaveLength(25)
    const refused = splits.length
    expect(refused).toBeGreaterThan(0)
    expect(await embedding.getTextEmbeddings(texts)).toHaveLength(25)
    expect(splits).toHaveLength(refused)
    expect(splits.at(-1)).toBeLessThanOrEqual(200)
  })

  test('is at most `concurrency` requests at a time', async () => {
    let inFlight = 0
    let most = 0
    model.script = async () => {
      inFlight++
      most = Math.max(most, inFlight)
      await new Promise((resolve) => setTimeout(resolve, 5))
      inFlight--
      return undefined
    }
    const embedding = model.embedding({ embedBatchSize: 1, concurrency: 3 })
    await Promise.all([embedding.getTextEmbeddings(texts), embedding.getTextEmbeddings(texts)])
    expect(most).toBe(3)
  })
})

describe('normalize: true', () => {
  test('gives unit length whatever the container sends, also to an aggregate', async () => {
    model.script = (batch) => json(batch.map((text) => (text === 'zero' ? [0, 0] : [3, 4])))
    const embedding = model.embedding({ normalize: true })
    const unit = Float32Array.of(0.6, 0.8)
    expect(await embedding.getTextEmbeddings(['a', 'zero'])).toEqual([unit, Float32Array.of(0, 0)])
    expect(await embedding.getAggregateEmbedding(['a', 'zero'])).toEqual(unit)
    expect(lastBody()).toEqual({ inputs: ['a', 'zero'], normalize: true })
  })
})

describe('getAggregateEmbedding', () => {
  test('is the mean, or what the given function makes', async () => {
    model.script = (batch) => json(batch.map((text) => [text.length, 1]))
    const embedding = model.embedding()
    expect(await embedding.getAggregateEmbedding(['a', 'abc'])).toEqual(Float32Array.of(2, 1))
    const last = await embedding.getAggregateEmbedding(['a', 'abc'], (vectors) => vectors.at(-1) as Float32Array)
    expect(last).toEqual(Float32Array.of(3, 1))
  })

  test('of no queries is refused', async () => {
    await expect(model.embedding().getAggregateEmbedding([])).rejects.toMatchObject({ code: 'invalid-request' })
  })
})

describe('dimensions', () => {
  test('are asked of the container, and an answer that ignores them is refused', async () => {
    expect(await model.embedding({ dimensions: 4 }).getTextEmbedding('a')).toEqual(expectedVector('a'))
    expect(lastBody()).toEqual({ inputs: ['a'], dimensions: 4 })
    await expect(model.embedding({ dimensions: 2 }).getTextEmbedding('a')).rejects.toMatchObject({
      code: 'unexpected-response',
      message: expect.stringContaining('expected vectors of 2 numbers, got 4'),
    })
  })
})

describe('options', () => {
  test.each([
    [{ embedBatchSize: 0 }, 'embedBatchSize'],
    [{ concurrency: 1.5 }, 'concurrency'],
    [{ maxBatchBytes: -1 }, 'maxBatchBytes'],
    [{ dimensions: Number.NaN }, 'dimensions'],
  ])('%j are refused', (options, name) => {
    expect(() => model.embedding(options)).toThrow(
      new RegExp(`invalid-request: ${name}: .* is not a whole number from 1`),
    )
  })

  test('of an endpoint are refused in addition to an existing endpoint', () => {
    const endpoint = new SagemakerEndpoint({ endpointName: 'model', endpoint: model.runtime.url })
    // @ts-expect-error -- the types refuse it too
    expect(() => new SagemakerEmbedding({ endpoint, region: 'eu-west-1' })).toThrow('region: an endpoint was passed in')
  })

  test('an endpoint that is given is used, and not closed', async () => {
    const endpoint = new SagemakerEndpoint({
      endpointName: 'model',
      endpoint: model.runtime.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    })
    const embedding = new SagemakerEmbedding({ endpoint, modelName: 'bge' })
    expect(embedding.endpoint).toBe(endpoint)
    expect(embedding.metadata).toEqual({ modelName: 'bge', embedBatchSize: 10, dimensions: undefined })
    embedding.close()
    expect(await embedding.getTextEmbedding('a')).toEqual(expectedVector('a'))
    endpoint.close()
    await expect(embedding.getTextEmbedding('a')).rejects.toMatchObject({ code: 'aborted' })
  })
})

describe('the cache', () => {
  test('saves the request for a text that is known, of the same kind alone', async () => {
    const embedding = model.embedding({ cache: memoryCache(), textInstruction: 'passage: ' })
    const vectors = await embedding.getTextEmbeddings(texts)
    model.sent.length = 0
    expect(await embedding.getTextEmbeddings([...texts, 'new'])).toEqual([...vectors, expectedVector('passage: new')])
    expect(model.sent).toEqual([['passage: new']])
    model.sent.length = 0
    await embedding.getQueryEmbedding('text 1')
    expect(model.sent).toEqual([['text 1']])
  })

  test('is shared by models only where they are the same', async () => {
    const cache = memoryCache()
    await model.embedding({ cache }).getTextEmbedding('a')
    model.sent.length = 0
    await model.embedding({ cache }).getTextEmbedding('a')
    expect(model.sent).toEqual([])
    for (const options of [
      { modelName: 'other' },
      { normalize: true },
      { dimensions: 4 },
      { targetVariant: 'AllTraffic' },
      { contentHandler: teiEmbedding() },
      { contentHandler: teiEmbedding(), inputType: 'classification' },
      { additionalParameters: { prompt_name: 'x' } },
    ]) {
      model.sent.length = 0
      await model.embedding({ cache, ...options }).getTextEmbedding('a')
      expect([options, model.sent.length]).toEqual([options, 1])
    }
  })

  test('keeps no vector of a text that failed', async () => {
    const embedding = model.embedding({ cache: memoryCache() })
    model.script = (batch) => (batch.includes('text 1') ? containerError(400, { error: 'bad' }) : undefined)
    await expect(embedding.getTextEmbeddings(['text 0', 'text 1'])).rejects.toMatchObject({ index: 1 })
    model.script = () => undefined
    model.sent.length = 0
    expect(await embedding.getTextEmbeddings(['text 0', 'text 1'])).toEqual(['text 0', 'text 1'].map(expectedVector))
    expect(model.sent).toEqual([['text 1']])
  })

  test('that has vectors of a former model mixes them with no others', async () => {
    const former = { get: (keys: readonly string[]) => keys.map(() => Float32Array.of(1, 2)), set: () => {} }
    const embedding = model.embedding({ cache: former, dimensions: 4 })
    expect(await embedding.getTextEmbedding('a')).toEqual(expectedVector('a'))
  })

  test('that fails costs nothing but time', async () => {
    const failures: unknown[] = []
    const broken = {
      get: () => Promise.reject(new Error('get')),
      set: () => {
        throw new Error('set')
      },
    }
    const callbacks: EmbeddingCallbacks = { onCacheError: ({ error }) => void failures.push(error) }
    const embedding = model.embedding({ cache: broken, callbacks })
    expect(await embedding.getTextEmbedding('a')).toEqual(expectedVector('a'))
    expect(failures).toEqual([new Error('get'), new Error('set')])
  })
})

describe('throttling', () => {
  test('lowers the concurrency and raises it again, and loses no text', async () => {
    const changes: string[] = []
    const callbacks: EmbeddingCallbacks = {
      onConcurrency: ({ concurrency, reason }) => void changes.push(`${reason} ${concurrency}`),
    }
    let refusals = 4
    model.script = () =>
      refusals-- > 0 ? containerError(429, { error: 'overloaded', error_type: 'Overloaded' }) : undefined
    const embedding = model.embedding({ embedBatchSize: 1, concurrency: 4, callbacks })
    expect(await embedding.getTextEmbeddings(texts)).toEqual(texts.map(expectedVector))
    expect(changes[0]).toBe('throttled 2')
    expect(changes.at(-1)).toBe('recovered 4')
  })

  test('ends the call when it does not end at a lower concurrency either', async () => {
    model.script = () => containerError(429, 'busy')
    const embedding = model.embedding({ embedBatchSize: 5, concurrency: 4, retry: { maxAttempts: 1 } })
    await expect(embedding.getTextEmbeddings(texts)).rejects.toMatchObject({ code: 'throttled' })
    // Four at once, two at once, and one after the other.
    expect(model.sent.length).toBeGreaterThan(5)
    expect(model.sent.length).toBeLessThanOrEqual(15)
    model.sent.length = 0
    await expect(embedding.getTextEmbedding('a')).rejects.toMatchObject({ code: 'throttled' })
    expect(model.sent).toEqual([['a']])
  })

  test('reaches the endpoint options too', async () => {
    const seen: string[] = []
    let refusals = 1
    model.script = () => (refusals-- > 0 ? containerError(429, 'busy') : undefined)
    const retry = { baseDelayMs: 1, onRetry: ({ error }: { error: { code: string } }) => void seen.push(error.code) }
    await model.embedding({ retry }).getTextEmbedding('a')
    expect(seen).toEqual(['throttled'])
    // An endpoint that was passed in has its own options.
    refusals = 1
    const endpoint = new SagemakerEndpoint({
      endpointName: 'model',
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
      endpoint: model.runtime.url,
      retry,
    })
    await new SagemakerEmbedding({ endpoint }).getTextEmbedding('a')
    expect(seen).toEqual(['throttled', 'throttled'])
    endpoint.close()
  })
})

describe('a failure', () => {
  test('ends the requests that are still in flight', async () => {
    model.script = (batch) => (batch.includes('text 0') ? containerError(503, 'busy') : silence())
    const embedding = model.embedding({ retry: { maxAttempts: 1 } })
    await expect(embedding.getTextEmbeddings(texts)).rejects.toMatchObject({ code: 'service-unavailable' })
    await model.runtime.idle()
    expect(model.runtime.activeRequests).toBe(0)
  })

  test('that the container reports with status 200 is its own error', async () => {
    model.script = () => json({ error: 'Model is overloaded', error_type: 'Overloaded' })
    await expect(model.embedding({ concurrency: 1 }).getTextEmbedding('a')).rejects.toMatchObject({ code: 'throttled' })
    model.script = () =>
      json({
        error: { message: "This model's maximum context length is 512 tokens.", code: 400, type: 'BadRequestError' },
      })
    await expect(model.embedding().getTextEmbedding('a')).rejects.toMatchObject({
      code: 'context-length-exceeded',
      index: 0,
    })
  })

  test('tells the shape that came and the request, and no text', async () => {
    model.script = () => json([['my secret text']])
    const error = await model
      .embedding()
      .getTextEmbedding('my secret text')
      .catch((reason: unknown) => reason)
    expect(SagemakerError.is(error)).toBe(true)
    expect(error).toMatchObject({
      code: 'unexpected-response',
      message: 'unexpected-response: expected the vector of a text, got array[1] of string (endpoint model).',
      endpointName: 'model',
      statusCode: 200,
      requestId: expect.any(String),
      retryable: false,
      snippet: '[["my secret text"]]',
    })
    expect(JSON.stringify(error)).not.toContain('secret')
  })
})

describe('a content handler of your own', () => {
  const own: EmbeddingContentHandler = {
    name: 'own',
    limits: { maxTexts: 2 },
    request: (list) => ({
      body: new TextEncoder().encode(JSON.stringify({ inputs: list })),
      contentType: 'application/json',
      accept: 'application/json',
      customAttributes: 'a=b',
    }),
    answer: (body) => body as Float32Array[],
  }

  test('decides on body, headers and limits', async () => {
    expect(await model.embedding({ contentHandler: own }).getTextEmbeddings(texts)).toEqual(texts.map(expectedVector))
    expect(Math.max(...model.sent.map((batch) => batch.length))).toBe(2)
    expect(model.runtime.requests.at(-1)?.customAttributes).toBe('a=b')
  })

  test('that throws fails the call', async () => {
    const cause = new TypeError('broken')
    const fail = (): never => {
      throw cause
    }
    const unread = model.embedding({ contentHandler: { ...own, answer: fail } })
    await expect(unread.getTextEmbedding('a')).rejects.toMatchObject({
      code: 'unexpected-response',
      message: expect.stringContaining('the content handler own could not read the answer (array[1] of vector[4])'),
      cause,
    })
    const unsent = model.embedding({ contentHandler: { ...own, request: fail } })
    await expect(unsent.getTextEmbedding('a')).rejects.toMatchObject({ code: 'invalid-request', cause })
  })

  test('may throw an error of the package, which is passed on', async () => {
    const fail = (): never => {
      throw new SagemakerError('model-error', 'no licence for this text')
    }
    const message = 'model-error: no licence for this text'
    for (const contentHandler of [
      { ...own, answer: fail },
      { ...own, request: fail },
    ]) {
      await expect(model.embedding({ contentHandler }).getTextEmbedding('a')).rejects.toThrow(message)
    }
  })
})

describe('callbacks', () => {
  test('see a call from its start to its end, with one id and no text', async () => {
    const events: [string, Record<string, unknown>][] = []
    const on =
      (name: string) =>
      (event: object): void =>
        void events.push([name, { ...event }])
    const callbacks: EmbeddingCallbacks = {
      onStart: on('start'),
      onRequest: on('request'),
      onSplit: on('split'),
      onEnd: on('end'),
      onError: on('error'),
    }
    model.script = (batch) =>
      batch.length > 4
        ? containerError(413, {
            error: `batch size ${batch.length} > maximum allowed batch size 4`,
            error_type: 'Validation',
          })
        : undefined
    await model.embedding({ callbacks, embedBatchSize: 6 }).getTextEmbeddings(texts.slice(0, 6))
    expect(events.map(([name]) => name)).toEqual(['start', 'split', 'request', 'request', 'end'])
    expect(new Set(events.map(([, { callId }]) => callId)).size).toBe(1)
    expect(events[1]?.[1]).toMatchObject({ kind: 'text', items: 6, parts: 2, maxItems: 4, maxBytes: 25_000_000 })
    expect(events[2]?.[1]).toMatchObject({ items: expect.any(Number), bytes: expect.any(Number), attempts: 1 })
    expect(events.at(-1)?.[1]).toEqual({
      callId: expect.any(String),
      endpointName: 'model',
      modelName: undefined,
      kind: 'text',
      dimensions: 4,
      aborted: false,
      items: 6,
      failed: 0,
      cached: 0,
      requests: 2,
      tokens: undefined,
      timings: { durationMs: expect.any(Number) },
    })
    expect(JSON.stringify(events)).not.toContain('text 1')
  })

  test('see how a call fails, or is left', async () => {
    const ends: string[] = []
    const callbacks: EmbeddingCallbacks = {
      onEnd: ({ aborted }) => void ends.push(aborted ? 'left' : 'end'),
      onError: ({ error }) => void ends.push((error as SagemakerError).code),
    }
    const embedding = model.embedding({ callbacks, embedBatchSize: 2 })
    for await (const { index } of embedding.embedStream(texts)) if (index === 2) break
    // Leaving does not wait for what it ends.
    await vi.waitUntil(() => ends.length > 0)
    const controller = new AbortController()
    const aborted = (async () => {
      for await (const { index } of embedding.embedStream(texts, { signal: controller.signal })) {
        if (index === 2) controller.abort()
      }
    })()
    await expect(aborted).rejects.toMatchObject({ code: 'aborted' })
    await vi.waitUntil(() => ends.length > 1)
    model.script = () => containerError(400, 'bad')
    await expect(embedding.getTextEmbedding('a')).rejects.toMatchObject({ code: 'invalid-request' })
    expect(ends).toEqual(['left', 'left', 'invalid-request'])
  })

  test('that throw or reject break nothing', async () => {
    const fail = (): never => {
      throw new Error('callback')
    }
    const reject = (): Promise<never> => Promise.reject(new Error('callback'))
    const callbacks = { onStart: fail, onRequest: reject, onEnd: fail }
    const onProgress = fail
    expect(await model.embedding({ callbacks }).getTextEmbeddings(['a'], { onProgress })).toEqual([expectedVector('a')])
  })

  test('tokens are added up where the container reports them', async () => {
    model.script = (batch) =>
      json({
        data: batch.map((_, index) => ({ index, embedding: [1, 2] })),
        usage: { prompt_tokens: batch.length * 3 },
      })
    let tokens: number | undefined
    const callbacks: EmbeddingCallbacks = { onEnd: (event) => void (tokens = event.tokens) }
    await model.embedding({ callbacks }).getTextEmbeddings(texts)
    expect(tokens).toBe(75)
  })
})
