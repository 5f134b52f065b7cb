import { Document } from '@langchain/core/documents'
import { demoRerankModel, type LocalRuntime, scripted, serviceError, startLocalRuntime } from '@x/sagemaker-local'
import { SagemakerReranker } from '@x/sagemaker-rerank'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SagemakerRerank } from './sagemaker-rerank.ts'

let runtime: LocalRuntime

beforeAll(async () => {
  runtime = await startLocalRuntime({
    endpoints: { 'my-reranker': demoRerankModel(), 'my-refusal': scripted(() => serviceError('ServiceUnavailable')) },
  })
})

afterAll(() => runtime.close())

const documents = [
  new Document({ pageContent: 'Bread is baked before dawn.', metadata: { source: 'a' }, id: 'one' }),
  new Document({ pageContent: 'The boat stays in port in bad weather.', metadata: { source: 'b' }, id: 'two' }),
  new Document({ pageContent: 'Boats sail at high tide.', metadata: { source: 'c' } }),
]

test('documents are copied in the order of their scores, cut to topN', async () => {
  const rerank = new SagemakerRerank({ model: 'my-reranker', endpoint: runtime.url, topN: 2 })
  const before = structuredClone(documents.map(({ metadata }) => metadata))
  const best = await rerank.compressDocuments(documents, 'boats in bad weather')
  expect(best.map(({ id, metadata }) => [id, metadata['source']])).toEqual([
    ['two', 'b'],
    [undefined, 'c'],
  ])
  const [first, second] = best.map(({ metadata }) => metadata['relevanceScore'] as number)
  expect(first).toBeGreaterThan(second!)
  expect(documents.map(({ metadata }) => metadata)).toEqual(before)
  rerank.close()
})

test('scores name documents by their positions, for texts and for documents', async () => {
  const reranker = new SagemakerReranker({ endpointName: 'my-reranker', endpoint: runtime.url })
  const rerank = new SagemakerRerank({ reranker })
  const query = 'boats in bad weather'
  const ofTexts = await rerank.rerank(
    documents.map(({ pageContent }) => pageContent),
    query,
  )
  expect(ofTexts.map(({ index }) => index)).toEqual([1, 2, 0])
  expect(await rerank.rerank(documents, query)).toEqual(ofTexts)
  expect(await rerank.rerank(documents, query, { topN: 1 })).toEqual(ofTexts.slice(0, 1))
  const minScore = ofTexts[1]!.relevanceScore
  expect(await rerank.rerank(documents, query, { minScore })).toEqual(ofTexts.slice(0, 2))
  rerank.close()
  expect(await rerank.rerank([], query)).toEqual([])
})

test('LangChain adds no retries to the two of the model', async () => {
  const rerank = new SagemakerRerank({ model: 'my-refusal', endpoint: runtime.url, retry: { baseDelayMs: 1 } })
  await expect(rerank.compressDocuments(documents, 'boats')).rejects.toMatchObject({ code: 'service-unavailable' })
  expect(runtime.requests.filter(({ endpointName }) => endpointName === 'my-refusal')).toHaveLength(3)
})
