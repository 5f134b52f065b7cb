import {
  containerError,
  json,
  type LocalAnswer,
  type LocalRuntime,
  scripted,
  serviceError,
  startLocalRuntime,
} from '@x/sagemaker-local'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { autoRerank, SagemakerReranker, type SagemakerRerankerOptions } from './index.ts'
import { failureOf } from './test-support/failure-of.ts'
import { answerOf, type ReadRequest, scoreOf, simulatedRerankers } from './test-support/simulated-rerankers.ts'

/** What the container does with a request; `undefined`: it answers as it should. */
type Situation = (request: ReadRequest, index: number) => LocalAnswer | undefined

const query = 'boats in bad weather'
const documents = ['sun 0.25', 'storm 0.75', 'boats 0.5', 'rain 0.75', 'sea 0.125', 'port 0', 'wind 1', 'fish 0.375']
/** Best first, equal scores in the order of the documents. */
const ranked = (of: readonly string[]) =>
  of
    .map((document, index) => ({ index, score: scoreOf(document), document }))
    .sort((a, b) => b.score - a.score || a.index - b.index)

describe.each(simulatedRerankers)('$name', (container) => {
  let runtime: LocalRuntime
  let situation: Situation
  let sent: ReadRequest[]

  beforeAll(async () => {
    const endpoint = scripted((request) => {
      let read: ReadRequest
      try {
        read = container.read(request.json())
      } catch (error) {
        return containerError(400, String(error))
      }
      sent.push(read)
      return situation(read, sent.length - 1) ?? answerOf(container, read)
    })
    runtime = await startLocalRuntime({ endpoints: { model: endpoint } })
  })
  afterAll(() => runtime.close())
  beforeEach(() => {
    situation = () => undefined
    sent = []
  })

  const reranker = (options: Partial<SagemakerRerankerOptions> = {}): SagemakerReranker =>
    new SagemakerReranker({
      endpointName: 'model',
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
      endpoint: runtime.url,
      contentHandler: container.handler(),
      retry: { baseDelayMs: 1 },
      ...options,
    } as SagemakerRerankerOptions)

  /** Refuses every request with the document; answers all others. */
  const refuse =
    (document: string, refusal: LocalAnswer): Situation =>
    ({ documents: of }) =>
      of.includes(document) ? refusal : undefined

  test('one document', async () => {
    const { ranking, scoreKind, tokens, response, raw } = await reranker().rerank(query, ['storm 0.75'])
    expect(ranking).toEqual([{ index: 0, score: 0.75, document: 'storm 0.75' }])
    expect([scoreKind, tokens]).toEqual([container.scoreKind, container.tokens])
    expect(response).toMatchObject({ statusCode: 200, attempts: 1, warnings: [] })
    expect(raw).toEqual(container.write([[0, 0.75]]))
    expect(sent).toEqual([{ query, documents: ['storm 0.75'], topN: undefined }])
  })

  test('several documents, best first, with equal scores in their order', async () => {
    const { ranking } = await reranker().rerank(query, documents)
    expect(ranking).toEqual(ranked(documents))
    expect(sent).toHaveLength(1)
  })

  test('the best few, asked of the container where it has a parameter for that', async () => {
    const { ranking } = await reranker().rerank(query, documents, { topN: 3 })
    expect(ranking).toEqual(ranked(documents).slice(0, 3))
    expect(sent[0]?.topN).toBe(container.hasTopN === true ? 3 : undefined)
  })

  test('documents below the lowest wanted score are left out', async () => {
    const { ranking } = await reranker().rerank(query, documents, { minScore: 0.5 })
    expect(ranking).toEqual(ranked(documents).filter(({ score }) => score >= 0.5))
  })

  test('over the configured number per request: several requests, one ranking', async () => {
    const { ranking, raw, tokens } = await reranker({ batchSize: 3 }).rerank(query, documents, { topN: 4 })
    expect(ranking).toEqual(ranked(documents).slice(0, 4))
    expect(sent.map(({ documents: of }) => of.length).toSorted((a, b) => b - a)).toEqual([3, 3, 2])
    // The best of some are not the best of all.
    expect(sent.every(({ topN }) => topN === undefined)).toBe(true)
    expect(raw).toHaveLength(3)
    expect(tokens).toBe(container.tokens === undefined ? undefined : container.tokens * 3)
  })

  test('over the limit of the container: its limit is learnt from the refusal', async () => {
    situation = ({ documents: of }) => (of.length > 4 ? container.tooMany(of.length) : undefined)
    const model = reranker()
    expect((await model.rerank(query, documents)).ranking).toEqual(ranked(documents))
    expect(sent.length).toBeGreaterThan(1)
    sent = []
    expect((await model.rerank(query, documents)).ranking).toEqual(ranked(documents))
    expect(sent.every(({ documents: of }) => of.length <= 4)).toBe(true)
  })

  test('a document that is too long is named', async () => {
    situation = refuse('port 0', container.tooLong)
    const error = await failureOf(reranker().rerank(query, documents))
    const code = container.tooLongCode ?? 'context-length-exceeded'
    expect(error).toMatchObject({ index: 5, code, endpointName: 'model' })
  })

  test('a document that is refused is named', async () => {
    situation = refuse('boats 0.5', container.refused)
    const error = await failureOf(reranker().rerank(query, documents))
    expect(error).toMatchObject({ index: 2, code: 'invalid-request' })
    expect(`${error.message} ${JSON.stringify(error)}`).not.toContain('boats')
  })

  test('a throttled request is sent again', async () => {
    situation = (_, index) => (index < 2 ? serviceError('ThrottlingException') : undefined)
    const { ranking, response } = await reranker().rerank(query, documents)
    expect(ranking).toEqual(ranked(documents))
    expect(response.attempts).toBe(3)
  })

  test('a throttled request that stays throttled fails as that', async () => {
    situation = () => serviceError('ThrottlingException')
    const error = await failureOf(reranker({ retry: { maxAttempts: 2, baseDelayMs: 1 } }).rerank(query, documents))
    expect(error).toMatchObject({ code: 'throttled', retryable: true })
  })

  const faults: readonly (readonly [name: string, entries: (entries: [number, number][]) => [number, unknown][]])[] = [
    ['short', (entries) => entries.slice(1)],
    ['long', (entries) => [...entries, [entries.length, 0.1]]],
    ['empty', () => []],
  ]
  const indexFaults: typeof faults = [
    ['a foreign index', ([first, ...others]) => [...others, [99, first![1]]]],
    ['a negative index', ([first, ...others]) => [...others, [-1, first![1]]]],
    ['a doubled index', ([first, ...others]) => [...others, [others[0]![0], first![1]]]],
    ['a fraction as index', ([first, ...others]) => [...others, [0.5, first![1]]]],
    ['a missing index', ([first, ...others]) => [...others, [undefined as never, first![1]]]],
  ]
  test.each([...faults, ...(container.isPositional === true ? [] : indexFaults)])(
    'an answer that has %s is an error, never scores on the wrong documents',
    async (_, spoil) => {
      situation = ({ documents: of }) =>
        json(container.write(spoil(of.map((document, index): [number, number] => [index, scoreOf(document)]))))
      expect(await failureOf(reranker().rerank(query, documents))).toMatchObject({ code: 'unexpected-response' })
      expect(await failureOf(reranker().rerank(query, documents, { topN: 2 }))).toMatchObject({
        code: 'unexpected-response',
      })
    },
  )

  test.each([
    ['null', null],
    ['text', '0.5'],
    ['missing', undefined],
  ])('a score that is %s names its document', async (_, score) => {
    situation = ({ documents: of }) =>
      json(container.write(of.map((document, index) => [index, document === 'rain 0.75' ? score : scoreOf(document)])))
    const error = await failureOf(reranker().rerank(query, documents))
    expect(error).toMatchObject({ index: 3, code: 'unexpected-response' })
  })

  test('NaN, as Python writes it, names its document', async () => {
    situation = ({ documents: of }) => {
      const body = container.write(
        of.map((document, index) => [index, document === 'sea 0.125' ? 'NaN' : scoreOf(document)]),
      )
      const text = JSON.stringify(body).replace('"NaN"', 'NaN')
      return { ...json({}), steps: [new TextEncoder().encode(text)] }
    }
    const error = await failureOf(reranker().rerank(query, documents))
    expect(error).toMatchObject({ index: 4, code: 'unexpected-response' })
    expect(error.message).toMatch(/the score of document 4 is not a finite number/)
  })

  test.each([
    ['HTML', '<html><body>Bad gateway</body></html>', 'unexpected-response'],
    ['another shape', '{"ok":true}', 'unexpected-response'],
    ['nothing', '', 'unexpected-response'],
    ['an error with status 200', '{"error":"Model is overloaded","error_type":"Overloaded"}', 'throttled'],
  ])('an answer of %s is a typed error', async (_, text, code) => {
    situation = () => ({ ...json({}), steps: [new TextEncoder().encode(text)] })
    expect(await failureOf(reranker().rerank(query, ['boats 0.5']))).toMatchObject({ code })
  })

  test('a listwise reranker gets all documents in one request, or none', async () => {
    const handler = container.handler()
    const contentHandler = { ...handler, splittable: false, limits: {} }
    await reranker({ contentHandler, batchSize: 100 }).rerank(query, documents)
    expect(sent).toHaveLength(1)
    situation = ({ documents: of }) => (of.length > 4 ? container.tooMany(of.length) : undefined)
    await failureOf(reranker({ contentHandler, batchSize: 100 }).rerank(query, documents))
    expect(sent).toHaveLength(2)
  })

  // Their requests have nothing in common with those of others.
  const isFound = !['Jina', 'Jina m0', 'NIM', 'text pairs'].includes(container.name)

  test.skipIf(isFound)('autoRerank does not know the requests', async () => {
    const model = reranker({ contentHandler: autoRerank() })
    expect(await failureOf(model.rerank(query, documents))).toMatchObject({ code: 'invalid-request' })
  })

  test.runIf(isFound)(
    'autoRerank finds out the format with at most one refused request, and remembers it',
    async () => {
      const model = reranker({ contentHandler: autoRerank(), batchSize: 3 })
      const before = runtime.requests.length
      const { ranking, scoreKind } = await model.rerank(query, documents)
      expect(ranking).toEqual(ranked(documents))
      expect(scoreKind).toBe(container.scoreKind)
      const statuses = runtime.requests.slice(before).map(({ status }) => status)
      expect(statuses.filter((status) => status !== 200).length).toBeLessThanOrEqual(1)
      sent = []
      await model.rerank(query, documents.slice(0, 2))
      expect(sent).toHaveLength(1)
    },
  )
})
