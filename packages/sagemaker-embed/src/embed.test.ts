import { containerError, json } from '@x/sagemaker-local'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  cohereEmbedding,
  type EmbeddingContentHandler,
  type EmbeddingInput,
  huggingfaceEmbedding,
  jinaEmbedding,
  lmiEmbedding,
  maxSim,
  memoryCache,
  openaiEmbedding,
  SagemakerError,
  teiEmbedding,
} from './index.ts'
import { expectedVector, scriptedModel, type ScriptedModel } from './test-support/scripted-model.ts'
import { vectorOf } from './test-support/vector-of.ts'

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
const failureOf = (call: Promise<unknown>): Promise<SagemakerError | undefined> =>
  call.then(
    () => undefined,
    (error: SagemakerError) => error,
  )

describe('embed', () => {
  test('gives vectors in order, with tokens and the response', async () => {
    model.script = (texts) =>
      json({ data: texts.map((one, index) => ({ index, embedding: vectorOf(one) })), usage: { prompt_tokens: 2 } })
    const { embeddings, tokens, response } = await model
      .embedding({ embedBatchSize: 2, textInstruction: 'passage: ' })
      .embed(['a', { text: 'b' }, 'c'], { kind: 'text' })
    expect(embeddings).toEqual(['passage: a', 'passage: b', 'passage: c'].map(expectedVector))
    expect(tokens).toBe(4)
    expect(response).toMatchObject({ attempts: 1, statusCode: 200, requestId: expect.any(String), warnings: [] })
  })

  test('of nothing sends nothing', async () => {
    const { embeddings, tokens } = await model.embedding().embed([], { kind: 'query' })
    expect([embeddings, tokens, model.sent]).toEqual([[], undefined, []])
  })

  test('asks for the dimensions of the call, and keeps them apart in the cache', async () => {
    model.script = (texts) => {
      const { dimensions = 4 } = lastBody() as { readonly dimensions?: number }
      return json(texts.map((one) => vectorOf(one, dimensions)))
    }
    const embedding = model.embedding({ cache: memoryCache(), contentHandler: teiEmbedding() })
    const width = async (dimensions?: number) =>
      (await embedding.embed(['a'], { kind: 'text', dimensions })).embeddings[0]?.length
    expect([await width(), await width(3), await width(), await width(3)]).toEqual([4, 3, 4, 3])
    expect(model.sent).toHaveLength(2)
    expect((await failureOf(embedding.embed(['a'], { kind: 'text', dimensions: 0 })))?.message).toContain(
      'dimensions: 0',
    )
  })

  test('sends the routing, limits of time and retries of the call', async () => {
    const seen: string[] = []
    let refusals = 1
    model.script = () => (refusals-- > 0 ? containerError(503, 'busy') : undefined)
    await model.embedding().embed(['a'], {
      kind: 'text',
      targetVariant: 'AllTraffic',
      retry: { baseDelayMs: 1, onRetry: ({ error }) => seen.push(error.code) },
    })
    expect(model.runtime.requests.at(-1)?.headers['x-amzn-sagemaker-target-variant']).toBe('AllTraffic')
    expect(seen).toEqual(['service-unavailable'])
    const slow = model.embedding({ retry: { maxAttempts: 1 } })
    model.script = async () => {
      await new Promise((resolve) => setTimeout(resolve, 200))
      return undefined
    }
    const timeouts = { totalMs: 20 }
    expect(await failureOf(slow.getTextEmbeddings(['a', 'b'], { timeouts }))).toMatchObject({ code: 'timeout' })
  })

  test('a variant that is chosen for a call has its own vectors in the cache', async () => {
    const embedding = model.embedding({ cache: memoryCache() })
    await embedding.getTextEmbedding('of a variant')
    await embedding.getTextEmbedding('of a variant', { targetVariant: 'AllTraffic' })
    await embedding.getTextEmbedding('of a variant', { targetVariant: 'AllTraffic' })
    expect(model.sent.filter(([text]) => text === 'of a variant')).toHaveLength(2)
  })

  test.each([[[1]], [[null]], [[{}]], [[{ text: 1 }]]])('refuses what is no input: %j', async (inputs) => {
    const failure = await failureOf(model.embedding().embed(['a', ...inputs] as unknown as string[], { kind: 'text' }))
    expect(failure).toMatchObject({ code: 'invalid-request', index: 1 })
    expect(model.sent).toEqual([])
  })
})

describe('images', () => {
  const png: EmbeddingInput = { image: { bytes: Uint8Array.of(1, 2, 3), format: 'png' } }
  const web: EmbeddingInput = { image: { url: 'https://example.com/a.jpg' } }
  test('and texts in one call get their vectors in the order of the inputs (Jina)', async () => {
    const bodies: unknown[] = []
    model.script = (_, request) => {
      const body = request.json() as { readonly data: readonly Record<string, string>[] }
      bodies.push(body)
      return json({ data: body.data.map(({ text, image }) => ({ embedding: vectorOf(text ?? image ?? '') })) })
    }
    const embedding = model.embedding({ contentHandler: jinaEmbedding() })
    const { embeddings } = await embedding.embed([png, 'a', web, { text: 'b' }], { kind: 'text' })
    expect(embeddings).toEqual(['AQID', 'a', 'https://example.com/a.jpg', 'b'].map(expectedVector))
    expect(bodies).toContainEqual({ data: [{ text: 'a' }, { text: 'b' }] })
    expect(bodies).toContainEqual({ data: [{ image: 'AQID' }, { image: 'https://example.com/a.jpg' }] })
  })

  test('go one per request where the format wants that', async () => {
    const bodies: Record<string, unknown>[] = []
    model.script = (_, request) => {
      bodies.push(request.json() as Record<string, unknown>)
      return json({ embeddings: [[1, 2]], data: [{ index: 0, embedding: [1, 2] }] })
    }
    await model.embedding({ contentHandler: cohereEmbedding(), concurrency: 1 }).embed([png, web], { kind: 'text' })
    expect(bodies).toMatchObject([
      { images: ['data:image/png;base64,AQID'], input_type: 'image' },
      { images: ['https://example.com/a.jpg'], input_type: 'image' },
    ])
    await model.embedding({ contentHandler: openaiEmbedding() }).embed([png], { kind: 'text' })
    expect(bodies.at(-1)).toMatchObject({
      messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AQID' } }] }],
    })
  })

  test('that fail have their index among all inputs', async () => {
    model.script = (_, request) =>
      request.text.includes('"image"')
        ? containerError(400, { error: 'bad image' })
        : json({ data: [{ embedding: [1] }] })
    const embedding = model.embedding({ contentHandler: jinaEmbedding() })
    expect(await failureOf(embedding.embed(['a', png], { kind: 'text' }))).toMatchObject({ index: 1 })
  })

  test('are refused by formats without them', async () => {
    const failure = await failureOf(model.embedding().embed([png], { kind: 'text' }))
    expect(failure?.message).toBe('invalid-request: the format auto has no images. Name another contentHandler.')
  })
})

describe('dtype', () => {
  test.each<[EmbeddingContentHandler, unknown]>([
    [cohereEmbedding(), { embeddings: { int8: [[1, -2]] } }],
    [openaiEmbedding(), { data: [{ index: 0, embedding: [1, -2] }] }],
  ])('gives arrays of that type in arrays and streams (%o)', async (contentHandler, answer) => {
    model.script = () => json(answer)
    const embedding = model.embedding({ contentHandler })
    const { embeddings } = await embedding.embed(['a'], { kind: 'text', dtype: 'int8' })
    expect(embeddings).toEqual([Int8Array.of(1, -2)])
    for await (const row of embedding.embedStream(['a'], { dtype: 'int8', kind: 'query' })) {
      expect(row).toEqual({ id: undefined, index: 0, text: 'a', embedding: Int8Array.of(1, -2) })
    }
  })

  test('that the container did not send is refused', async () => {
    model.script = () => json({ embeddings: { float: [[0.5, 1]] } })
    const call = model.embedding({ contentHandler: cohereEmbedding() }).embed(['a'], { kind: 'text', dtype: 'ubinary' })
    expect((await failureOf(call))?.message).toContain('expected one of the types ubinary, got object with float')
  })

  test('is part of the cache key', async () => {
    model.script = () => json({ embeddings: { float: [[0.5, 1]], int8: [[1, 2]] } })
    const embedding = model.embedding({ contentHandler: cohereEmbedding(), cache: memoryCache() })
    await embedding.getTextEmbedding('a')
    for (const _ of [1, 2]) {
      const { embeddings } = await embedding.embed(['a'], { kind: 'text', dtype: 'int8' })
      expect(embeddings).toEqual([Int8Array.of(1, 2)])
    }
    expect(model.sent).toHaveLength(2)
  })
})

describe('sparse embeddings', () => {
  const expected = [
    { indices: Uint32Array.of(2, 7), values: Float32Array.of(1, 0.5) },
    { indices: new Uint32Array(), values: new Float32Array() },
  ]
  test.each<[string, EmbeddingContentHandler | undefined, unknown]>([
    [
      'TEI',
      teiEmbedding(),
      [
        [
          { index: 7, value: 0.5 },
          { index: 2, value: 1 },
        ],
        [],
      ],
    ],
    [
      'TEI, read by auto',
      undefined,
      [
        [
          { index: 7, value: 0.5 },
          { index: 2, value: 1 },
        ],
        [],
      ],
    ],
    ['LMI', lmiEmbedding(), [{ dense_vecs: [1], lexical_weights: { 7: 0.5, 2: 1 } }, { lexical_weights: {} }]],
  ])('%s', async (_, contentHandler, answer) => {
    model.script = () => json(answer)
    expect(await model.embedding({ contentHandler }).getSparseEmbeddings(['a', 'b'])).toEqual(expected)
  })

  test('are divided, and fail, as dense ones', async () => {
    model.script = (texts) =>
      texts.includes('bad') ? containerError(400, { error: 'no' }) : json(texts.map(() => [{ index: 1, value: 1 }]))
    const embedding = model.embedding({ contentHandler: teiEmbedding() })
    expect(await failureOf(embedding.getSparseEmbeddings(['a', 'b', 'bad']))).toMatchObject({ index: 2 })
    model.script = () => json([[{ index: -1, value: 1 }]])
    expect(await failureOf(embedding.getSparseEmbeddings(['a']))).toMatchObject({ code: 'unexpected-response' })
    model.script = () => json([[{ index: 1, value: null }]])
    expect(await failureOf(embedding.getSparseEmbeddings(['a']))).toMatchObject({ code: 'unexpected-response' })
  })

  test('are refused by formats without them', async () => {
    const embedding = model.embedding({ contentHandler: cohereEmbedding() })
    expect((await failureOf(embedding.getSparseEmbeddings(['a'])))?.message).toContain(
      'cohere has no sparse embeddings',
    )
  })
})

describe('several vectors per text', () => {
  const rows = [
    [
      [1, 0],
      [0, 1],
    ],
    [[0.5, 0.5]],
  ]
  const expected = rows.map((row) => row.map((vector) => Float32Array.from(vector)))
  test.each<[string, EmbeddingContentHandler | undefined, unknown, object]>([
    [
      'Jina',
      jinaEmbedding(),
      { data: rows.map((embeddings, id) => ({ id, embeddings })) },
      { parameters: { input_type: 'query' } },
    ],
    [
      'vLLM',
      openaiEmbedding(),
      { data: rows.map((data, index) => ({ index, object: 'pooling', data })).toReversed() },
      { task: 'token_embed' },
    ],
    ['the Hugging Face toolkit', huggingfaceEmbedding(), rows.map((row) => [row]), {}],
    ['any, read by auto', undefined, rows, {}],
  ])('%s', async (_, contentHandler, answer, body) => {
    model.script = () => json(answer)
    const embedding = model.embedding({ contentHandler })
    expect(await embedding.getMultiVectorEmbeddings(['a', 'b'], { kind: 'query' })).toEqual(expected)
    expect(lastBody()).toMatchObject(body)
  })

  test('are compared by the sum of the largest products', () => {
    const [query = [], document = []] = expected
    expect(maxSim(query, document)).toBe(1)
    expect(maxSim(query, query)).toBe(2)
    expect(maxSim(document, query)).toBe(0.5)
    expect(() => maxSim([], document)).toThrow(RangeError)
    expect(() => maxSim(query, [])).toThrow(RangeError)
    expect(() => maxSim(query, [Float32Array.of(1)])).toThrow('vectors differ in width: 2 and 1')
  })

  test('are not made of one vector per text', async () => {
    expect(await failureOf(model.embedding().getMultiVectorEmbeddings(['a']))).toMatchObject({
      code: 'unexpected-response',
      message: expect.stringContaining('expected several vectors per text, got array[1] of vector[4]'),
    })
  })
})

test('the error of this package is exported', async () => {
  model.script = () => containerError(400, { error: 'no' })
  expect(SagemakerError.is(await failureOf(model.embedding().getTextEmbedding('a')))).toBe(true)
})
