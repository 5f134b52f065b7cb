import { openaiEmbedding, SagemakerEmbedding } from '@x/sagemaker-embed'
import type { SagemakerEndpoint } from '@x/sagemaker-endpoint'

/**
 * Prints the memory that the vectors of one answer of 1,000 x 1,024 numbers keep, after garbage collection, as JSON.parse and
 * as SagemakerEmbedding give them. Run it with: node --expose-gc --conditions=@x/source scripts/answer-memory.ts
 */
const rows = 1000
const data = Array.from({ length: rows }, (_, index) => ({
  index,
  embedding: Array.from({ length: 1024 }, (_, column) => Math.fround(Math.sin(index * column + 1))),
}))
const body = new TextEncoder().encode(JSON.stringify({ data }))
data.length = 0

/** An endpoint that has its answer at hand. */
const endpoint: Pick<SagemakerEndpoint, 'endpointName' | 'invoke'> = {
  endpointName: 'at-hand',
  invoke: async () => ({
    body,
    metadata: {
      requestId: undefined,
      statusCode: 200,
      contentType: 'application/json',
      invokedProductionVariant: undefined,
      customAttributes: undefined,
      newSessionId: undefined,
      attempts: 1,
      timings: { queuedMs: 0, headersMs: 0, firstByteMs: 0, durationMs: 0 },
    },
  }),
}
const embedding = new SagemakerEmbedding({
  endpoint: endpoint as SagemakerEndpoint,
  contentHandler: openaiEmbedding(),
  embedBatchSize: rows,
})
const texts = Array.from({ length: rows }, (_, index) => `text ${index}`)

const ways: Readonly<Record<string, () => Promise<readonly unknown[]>>> = {
  'JSON.parse': async () => {
    const answer = JSON.parse(new TextDecoder().decode(body)) as { data: { embedding: number[] }[] }
    return answer.data.map((item) => item.embedding)
  },
  SagemakerEmbedding: () => embedding.getTextEmbeddings(texts),
}

console.log('| vectors of | heap | buffers | all |')
console.log('|---|--:|--:|--:|')
for (const [name, run] of Object.entries(ways)) {
  // The first run loads and compiles what the second one needs.
  await retained(run)
  const { heap, buffers } = await retained(run)
  console.log(`| ${name} | ${megabytes(heap)} | ${megabytes(buffers)} | ${megabytes(heap + buffers)} |`)
}

/** In a function of its own, so that no result stays in a register of the caller. */
async function retained(run: () => Promise<readonly unknown[]>): Promise<ReturnType<typeof memory>> {
  await new Promise((resolve) => setImmediate(resolve))
  const before = memory()
  const vectors = await run()
  const after = memory()
  if (vectors.length !== rows) throw new Error('a vector is missing')
  return { heap: after.heap - before.heap, buffers: after.buffers - before.buffers }
}

function memory(): { readonly heap: number; readonly buffers: number } {
  globalThis.gc?.()
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return { heap: heapUsed, buffers: arrayBuffers }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`
}
