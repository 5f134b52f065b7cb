import {
  json,
  type LocalAnswer,
  type LocalRuntime,
  type ReceivedRequest,
  scripted,
  startLocalRuntime,
} from '@x/sagemaker-local'
import { SagemakerEndpoint } from '@x/sagemaker-endpoint'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  type BatchCallbacks,
  cohereRerank,
  djlRerank,
  jinaRerank,
  nimRerank,
  type RerankDocument,
  SagemakerReranker,
  type SagemakerRerankerOptions,
  teiRerank,
  vllmRerank,
} from './index.ts'
import { failureOf } from './test-support/failure-of.ts'

/** The members of requests that the tests read. */
interface SentBody {
  readonly texts?: readonly unknown[]
  readonly documents?: readonly unknown[]
  readonly passages?: readonly unknown[]
  readonly data?: readonly { readonly documents: readonly unknown[] }[]
}

let runtime: LocalRuntime
let script: (request: ReceivedRequest) => LocalAnswer
beforeAll(async () => {
  runtime = await startLocalRuntime({ endpoints: { model: scripted((request) => script(request)) } })
})
afterAll(() => runtime.close())
let before: number
beforeEach(() => {
  before = runtime.requests.length
  script = (request) => {
    const { texts, documents, passages, data } = request.json() as SentBody
    const sent = texts ?? documents ?? passages ?? data?.[0]?.documents ?? []
    return json({ results: sent.map((_, index) => ({ index, relevance_score: 0.5 - index / 100 })) })
  }
})
const sentBodies = (): SentBody[] => runtime.requests.slice(before).map(({ text }) => JSON.parse(text) as SentBody)

const connection = (): { endpointName: string; region: string; endpoint: string; credentials: object } => ({
  endpointName: 'model',
  region: 'us-east-1',
  endpoint: runtime.url,
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
})
const reranker = (options: Partial<SagemakerRerankerOptions> = {}): SagemakerReranker =>
  new SagemakerReranker({ ...connection(), retry: { baseDelayMs: 1 }, ...options } as SagemakerRerankerOptions)

describe('arguments', () => {
  test.each(['', '  \n'])('the query %j is refused before anything is sent', async (query) => {
    expect(await failureOf(reranker().rerank(query, ['a']))).toMatchObject({ code: 'invalid-request' })
    expect(sentBodies()).toEqual([])
  })

  test('no documents are an empty ranking without a call', async () => {
    const { ranking, response, tokens, raw } = await reranker().rerank('a', [])
    expect({ ranking, response, tokens, raw }).toEqual({
      ranking: [],
      response: { attempts: 0, timings: {}, warnings: [] },
      tokens: undefined,
      raw: [],
    })
    expect(sentBodies()).toEqual([])
  })

  test.each([
    [[1], 0],
    [['a', null], 1],
    [['a', ['b']], 1],
    [['a', 'b', undefined], 2],
  ])('%j has something that is no document', async (documents, index) => {
    expect(await failureOf(reranker().rerank('a', documents as never))).toMatchObject({
      code: 'invalid-request',
      index,
    })
    expect(await failureOf(reranker().rerank('a', 'text' as never))).toMatchObject({ code: 'invalid-request' })
  })

  test.each([{ topN: 0 }, { topN: 1.5 }, { topN: Number.NaN }, { minScore: Number.NaN }])(
    '%j is refused',
    async (options) => {
      expect(await failureOf(reranker().rerank('a', ['b'], options))).toMatchObject({ code: 'invalid-request' })
    },
  )

  test.each([{ batchSize: 0 }, { concurrency: 1.5 }, { maxBatchBytes: Number.NaN }])(
    'the option %j is refused',
    (options) => {
      expect(() => reranker(options)).toThrow(expect.objectContaining({ code: 'invalid-request' }))
    },
  )
})

describe('documents', () => {
  const titled = { title: 'Storms', body: 'Boats stay in port.' }

  test('objects come back as they were passed in', async () => {
    const documents = [
      { text: 'a', id: 7 },
      { text: 'b', id: 8 },
    ] as const
    const { ranking } = await reranker().rerank('q', documents)
    expect(ranking.map(({ document }) => document.id)).toEqual([7, 8])
    expect(ranking[0]?.document).toBe(documents[0])
  })

  test('objects without a text are sent as JSON, with a warning', async () => {
    const { response } = await reranker({ contentHandler: teiRerank() }).rerank('q', ['a', titled])
    expect(sentBodies()[0]).toEqual({ query: 'q', texts: ['a', JSON.stringify(titled)], raw_scores: false })
    expect(response.warnings).toEqual([
      { option: 'documents', message: '1 of 2 documents have no text and were sent as JSON.' },
    ])
  })

  test('Cohere ranks by fields', async () => {
    const contentHandler = cohereRerank({ rankFields: ['title', 'body'] })
    const { response } = await reranker({ contentHandler }).rerank('q', [titled, 'a'], { topN: 1 })
    expect(sentBodies()[0]).toEqual({
      query: 'q',
      documents: [titled, { text: 'a' }],
      top_n: 1,
      rank_fields: ['title', 'body'],
      return_documents: false,
    })
    expect(response.warnings).toEqual([])
  })

  test('the second version of the API of Cohere takes strings', async () => {
    await reranker({ contentHandler: cohereRerank({ apiVersion: 2 }) }).rerank('q', ['a', { text: 'b' }])
    expect(sentBodies()[0]).toEqual({ api_version: 2, query: 'q', documents: ['a', 'b'] })
  })

  const bytes = Uint8Array.of(1, 2, 3)
  const images = [{ image: { url: 'https://example.com/a.png' } }, { image: { bytes, format: 'png' } }] as const

  test('images go to multimodal models', async () => {
    await reranker({ contentHandler: jinaRerank({ multimodal: true }) }).rerank('q', [...images, 'a'])
    await reranker({ contentHandler: vllmRerank() }).rerank('q', [...images, 'a'])
    const [jina, vllm] = sentBodies()
    expect(jina?.data?.[0]?.documents).toEqual([
      { image: 'https://example.com/a.png' },
      { bytes: 'AQID' },
      { text: 'a' },
    ])
    const part = (url: string) => ({ content: [{ type: 'image_url', image_url: { url } }] })
    expect(vllm?.documents).toEqual([part('https://example.com/a.png'), part('data:image/png;base64,AQID'), 'a'])
  })

  test('an image is refused by name where the format takes texts only', async () => {
    const documents: RerankDocument[] = [{ text: 'a' }, images[0]]
    for (const contentHandler of [teiRerank(), cohereRerank(), djlRerank(), nimRerank(), undefined]) {
      const error = await failureOf(reranker({ contentHandler }).rerank('q', documents))
      expect(error).toMatchObject({ code: 'invalid-request', index: 1, endpointName: 'model' })
    }
    expect(sentBodies()).toEqual([])
  })

  test('a document that is there twice is scored once, and ranked twice', async () => {
    const { ranking } = await reranker({ contentHandler: teiRerank() }).rerank('q', ['a', 'b', 'a'])
    expect(sentBodies()[0]?.texts).toEqual(['a', 'b'])
    expect(ranking.map(({ index }) => index)).toEqual([0, 2, 1])
  })
})

test('parameters of a call override those of the model, and reach the body last', async () => {
  const model = reranker({
    contentHandler: teiRerank(),
    additionalParameters: { truncate: true, truncation_direction: 'left' },
  })
  const { scoreKind } = await model.rerank('q', ['a'], { additionalParameters: { truncate: false, raw_scores: true } })
  expect(sentBodies()[0]).toEqual({
    query: 'q',
    texts: ['a'],
    raw_scores: true,
    truncate: false,
    truncation_direction: 'left',
  })
  expect(scoreKind).toBe('logit')
})

test('scores outside of 0 to 1 are not called probabilities', async () => {
  script = () => json([{ index: 0, score: 4.27 }])
  expect((await reranker({ contentHandler: teiRerank() }).rerank('q', ['a'])).scoreKind).toBe('unknown')
})

test('a call can be routed, and is aborted at once', async () => {
  await reranker().rerank('q', ['a'], { inferenceId: 'mine' })
  expect(runtime.requests.at(-1)).toMatchObject({ inferenceId: 'mine' })
  const reason = new Error('enough')
  const error = await failureOf(reranker().rerank('q', ['a'], { signal: AbortSignal.abort(reason) }))
  expect(error).toMatchObject({ code: 'aborted', cause: reason })
})

test('an endpoint that was passed in stays open; one that was created is closed', async () => {
  const endpoint = new SagemakerEndpoint(connection() as never)
  const shared = new SagemakerReranker({ endpoint, contentHandler: teiRerank() })
  expect(shared.endpoint).toBe(endpoint)
  shared.close()
  await shared.rerank('q', ['a'])
  endpoint.close()
  const own = reranker({ modelName: 'bge' })
  expect(own.metadata).toEqual({ modelName: 'bge' })
  own.close()
  expect(await failureOf(own.rerank('q', ['a']))).toMatchObject({ code: 'aborted' })
})

test('callbacks see the steps of a call, without its contents', async () => {
  const seen: [name: string, event: object][] = []
  const names = ['onStart', 'onRequest', 'onSplit', 'onEnd', 'onError'] as const
  const note = (name: string) => (event: object) => void seen.push([name, event])
  const callbacks = Object.fromEntries(names.map((name) => [name, note(name)])) as BatchCallbacks
  const model = reranker({ contentHandler: teiRerank(), callbacks, batchSize: 2, concurrency: 1 })
  await model.rerank('my query', ['secret a', 'b', 'c'])
  expect(seen.map(([name]) => name)).toEqual(['onStart', 'onRequest', 'onRequest', 'onEnd'])
  expect(seen.at(-1)![1]).toMatchObject({ endpointName: 'model', items: 3, failed: 0, requests: 2, aborted: false })
  script = () => json({ results: [] })
  await failureOf(model.rerank('my query', ['secret a']))
  expect(seen.at(-1)).toMatchObject(['onError', { error: { code: 'unexpected-response' } }])
  expect(JSON.stringify(seen)).not.toMatch(/my query|secret a/)
})
