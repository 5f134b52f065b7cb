import { demoEmbeddingModel, startLocalRuntime, type LocalRuntime } from '@x/sagemaker-local'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SagemakerEmbedding } from './index.ts'

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
const texts = Array.from({ length: 37 }, (_, index) => `The lamp of boat number ${index} is lit`)

describe('SagemakerEmbedding against a demo model', () => {
  let runtime: LocalRuntime
  beforeAll(async () => {
    runtime = await startLocalRuntime({
      endpoints: { tei: demoEmbeddingModel(), openai: demoEmbeddingModel({ format: 'openai' }) },
    })
  })
  afterAll(() => runtime.close())

  const model = (endpointName: string, options = {}): SagemakerEmbedding =>
    new SagemakerEmbedding({ endpointName, region: 'us-east-1', credentials, endpoint: runtime.url, ...options })

  test('embeds texts in batches, in their order', async () => {
    const embedding = model('tei')
    const vectors = await embedding.getTextEmbeddings(texts)
    expect(vectors).toHaveLength(37)
    for (const [index, text] of texts.entries()) {
      expect(vectors[index]).toEqual(await embedding.getTextEmbedding(text))
    }
    expect(new Set(vectors.map(String)).size).toBe(37)
  })
})
