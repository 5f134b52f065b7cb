import { SagemakerEmbedding } from '@x/sagemaker-embed'
import { demoEmbeddingModel, type LocalRuntime, scripted, serviceError, startLocalRuntime } from '@x/sagemaker-local'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SagemakerEmbeddings } from './sagemaker-embeddings.ts'

let runtime: LocalRuntime

beforeAll(async () => {
  runtime = await startLocalRuntime({
    endpoints: { 'my-bge': demoEmbeddingModel(), 'my-refusal': scripted(() => serviceError('ServiceUnavailable')) },
  })
})

afterAll(() => runtime.close())

test('documents and queries get the vectors of the model, as plain arrays', async () => {
  const embeddings = new SagemakerEmbeddings({ model: 'my-bge', endpoint: runtime.url })
  const [rain, snow, third] = await embeddings.embedDocuments(['rain', 'snow', 'rain'])
  expect(Array.isArray(rain)).toBe(true)
  expect(rain).toEqual(third)
  expect(rain).not.toEqual(snow)
  expect(await embeddings.embedQuery('rain')).toEqual(rain)
  expect(await embeddings.embedDocuments([])).toEqual([])
  embeddings.close()
})

test('queries are sent with the instruction of queries, documents with that of texts', async () => {
  const options = { model: 'my-bge', endpoint: runtime.url, queryInstruction: 'query: ', textInstruction: 'passage: ' }
  const embeddings = new SagemakerEmbeddings(options)
  await embeddings.embedQuery('rain')
  expect(runtime.requests.at(-1)?.json()).toMatchObject({ inputs: ['query: rain'] })
  await embeddings.embedDocuments(['rain'])
  expect(runtime.requests.at(-1)?.json()).toMatchObject({ inputs: ['passage: rain'] })
})

test('an existing model is called as it is, and stays open', async () => {
  const embedding = new SagemakerEmbedding({ endpointName: 'my-bge', endpoint: runtime.url })
  const embeddings = new SagemakerEmbeddings({ embedding })
  expect(embeddings.embedding).toBe(embedding)
  embeddings.close()
  expect(await embeddings.embedQuery('rain')).toEqual([...(await embedding.getQueryEmbedding('rain'))])
})

test('LangChain adds no retries to the two of the model', async () => {
  const embeddings = new SagemakerEmbeddings({ model: 'my-refusal', endpoint: runtime.url, retry: { baseDelayMs: 1 } })
  await expect(embeddings.embedDocuments(['rain'])).rejects.toMatchObject({ code: 'service-unavailable' })
  expect(runtime.requests.filter(({ endpointName }) => endpointName === 'my-refusal')).toHaveLength(3)
})
