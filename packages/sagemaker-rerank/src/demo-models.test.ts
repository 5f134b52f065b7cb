import {
  type ClassificationFormat,
  demoClassificationModel,
  demoRerankModel,
  type LocalRuntime,
  type RerankFormat,
  startLocalRuntime,
} from '@x/sagemaker-local'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  autoClassification,
  autoRerank,
  cohereRerank,
  djlRerank,
  huggingfaceClassification,
  huggingfaceRerank,
  jinaRerank,
  jumpstartClassification,
  type RerankContentHandler,
  SagemakerClassifier,
  SagemakerReranker,
  teiClassification,
  teiRerank,
  vllmClassification,
  vllmRerank,
} from './index.ts'
import { failureOf } from './test-support/failure-of.ts'

// The demo models are written from the containers' own sources, by hands that do not know these handlers.
const rerankFormats: readonly RerankFormat[] = ['tei', 'vllm', 'cohere', 'jina', 'huggingface', 'djl']
const classificationFormats: readonly ClassificationFormat[] = ['tei', 'vllm', 'huggingface', 'jumpstart']

let runtime: LocalRuntime
beforeAll(async () => {
  runtime = await startLocalRuntime({
    endpoints: {
      ...Object.fromEntries(rerankFormats.map((format) => [`rerank-${format}`, demoRerankModel({ format })])),
      ...Object.fromEntries(
        classificationFormats.map((format) => [`classify-${format}`, demoClassificationModel({ format })]),
      ),
    },
  })
})
afterAll(() => runtime.close())

const query = 'boats in bad weather'
const best = 'In bad weather the boats stay in the harbour.'
const others = Array.from({ length: 39 }, (_, index) => `Bread number ${index} is made from flour and water.`)
const documents = [...others.slice(0, 20), best, ...others.slice(20)]
const long = 'word '.repeat(900)

const reranker = (endpointName: string, contentHandler: RerankContentHandler): SagemakerReranker =>
  new SagemakerReranker({ endpointName, ...runtime.connection, contentHandler })

describe.each([
  ['tei', teiRerank],
  ['vllm', vllmRerank],
  ['cohere', cohereRerank],
  ['jina', jinaRerank],
  ['huggingface', huggingfaceRerank],
  ['djl', djlRerank],
] as const)('a demo reranker in the format %s', (format, handler) => {
  test('ranks more documents than fit into one request', async () => {
    const { ranking, scoreKind } = await reranker(`rerank-${format}`, handler()).rerank(query, documents)
    expect(ranking).toHaveLength(40)
    expect(ranking[0]).toMatchObject({ index: 20, document: best })
    expect(new Set(ranking.map(({ index }) => index)).size).toBe(40)
    expect(scoreKind).toBe(format === 'jina' ? 'unknown' : 'probability')
  })

  test('gives the best few, as the whole ranking begins', async () => {
    const model = reranker(`rerank-${format}`, handler())
    const few = documents.slice(15, 25)
    const { ranking } = await model.rerank(query, few)
    expect((await model.rerank(query, few, { topN: 3 })).ranking).toEqual(ranking.slice(0, 3))
  })

  // The others cut what is too long.
  test.runIf(['tei', 'vllm', 'huggingface'].includes(format))('names a document that is too long', async () => {
    const error = await failureOf(reranker(`rerank-${format}`, handler()).rerank(query, [best, 'short', long, 'more']))
    expect(error.index).toBe(2)
    expect(['context-length-exceeded', 'invalid-request']).toContain(error.code)
  })

  test.skipIf(format === 'jina')('is found out by autoRerank with at most one refused request', async () => {
    const before = runtime.requests.length
    const model = reranker(`rerank-${format}`, autoRerank())
    const { ranking } = await model.rerank(query, documents)
    const named = await reranker(`rerank-${format}`, handler()).rerank(query, documents)
    expect(ranking).toEqual(named.ranking)
    const refused = runtime.requests.slice(before).filter(({ status }) => status !== 200)
    expect(refused.length).toBeLessThanOrEqual(format === 'huggingface' ? 1 : 0)
  })
})

describe.each([
  ['tei', teiClassification],
  ['vllm', vllmClassification],
  ['huggingface', huggingfaceClassification],
  ['jumpstart', jumpstartClassification],
] as const)('a demo classifier in the format %s', (format, handler) => {
  const texts = ['What a wonderful day!', 'The food was terrible.']

  test('labels two texts, and more than fit into one request', async () => {
    const model = new SagemakerClassifier({
      endpointName: `classify-${format}`,
      ...runtime.connection,
      contentHandler: handler(),
    })
    expect((await model.classify(texts)).map(({ label }) => label)).toEqual(['positive', 'negative'])
    const many = Array.from({ length: 40 }, (_, index) => texts[index % 2] ?? '')
    const labels = (await model.classify(many)).map(({ label }) => label)
    expect(labels).toEqual(many.map((text) => (text === texts[0] ? 'positive' : 'negative')))
  })

  test.skipIf(format === 'jumpstart')('is found out by autoClassification', async () => {
    const contentHandler = autoClassification()
    const model = new SagemakerClassifier({ endpointName: `classify-${format}`, ...runtime.connection, contentHandler })
    expect((await model.classify(texts)).map(({ label }) => label)).toEqual(['positive', 'negative'])
  })

  test.runIf(format === 'huggingface')('takes the labels of the caller', async () => {
    const model = new SagemakerClassifier({ endpointName: 'classify-huggingface', ...runtime.connection })
    const [first] = await model.classify(['The harbour is full of boats.'], { labels: ['boats and harbours', 'bread'] })
    expect(first).toMatchObject({ label: 'boats and harbours' })
    expect(first?.scores).toHaveLength(2)
  })
})
