import { createHook } from 'node:async_hooks'
import type { SagemakerEndpoint } from '@x/sagemaker-endpoint'
import { expect, test } from 'vitest'
import { SagemakerEmbedding } from './index.ts'

const metadata = { attempts: 1, statusCode: 200, requestId: 'r', timings: {} }

/** An endpoint that answers at once. */
function endpointOf(answer: Uint8Array): SagemakerEndpoint {
  const invoke = () => Promise.resolve({ body: answer, metadata })
  return { endpointName: 'model', invoke, close() {} } as unknown as SagemakerEndpoint
}

async function promisesOf(call: () => Promise<unknown>): Promise<number> {
  await call()
  let promises = 0
  const hook = createHook({
    init(_, type) {
      if (type === 'PROMISE') promises++
    },
  })
  hook.enable()
  await call()
  hook.disable()
  return promises
}

test('one query is one call of the endpoint and at most 20 promises', async () => {
  const embedding = new SagemakerEmbedding({ endpoint: endpointOf(new TextEncoder().encode('[[0.5,0.25]]')) })
  expect(await promisesOf(() => embedding.getQueryEmbedding('a'))).toBeLessThanOrEqual(20)
  expect(await promisesOf(() => embedding.embed(['a'], { kind: 'query' }))).toBeLessThanOrEqual(20)
})

test('an array costs no promises per text', async () => {
  const answer = new TextEncoder().encode(JSON.stringify(Array.from({ length: 50 }, () => [1, 2])))
  const embedding = new SagemakerEmbedding({ endpoint: endpointOf(answer), embedBatchSize: 50 })
  const texts = Array.from({ length: 500 }, (_, index) => `text ${index}`)
  expect(await promisesOf(() => embedding.getTextEmbeddings(texts))).toBeLessThanOrEqual(10 * 20 + 20)
})
