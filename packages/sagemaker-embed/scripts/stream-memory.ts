import { fork } from 'node:child_process'
import { once } from 'node:events'
import { SagemakerEmbedding, teiEmbedding } from '@x/sagemaker-embed'
import { scripted, startLocalRuntime, text } from '@x/sagemaker-local'

/**
 * Streams 200,000 texts through `embedStream` with a consumer that is slower than the endpoint, and prints the memory in use,
 * after garbage collection, on the way. Run it with: node --expose-gc --conditions=@x/source scripts/stream-memory.ts
 */
const count = 200_000
const width = 384
const everyCount = 20_000

if (process.argv[2] === 'server') await serve()
else await stream()

/** An endpoint in its own process, so that its memory is not measured. */
async function serve(): Promise<void> {
  const row = JSON.stringify(Array.from({ length: width }, (_, index) => Math.sin(index)))
  const model = scripted((request) => {
    const { inputs } = request.json() as { readonly inputs: readonly string[] }
    return text(`[${inputs.map(() => row).join(',')}]`, { contentType: 'application/json' })
  })
  const runtime = await startLocalRuntime({ endpoints: { model }, maxRecordedRequests: 0 })
  process.send?.(runtime.url)
  process.once('disconnect', () => process.exit())
}

async function stream(): Promise<void> {
  const server = fork(import.meta.filename, ['server'], { execArgv: process.execArgv })
  const [endpoint] = (await once(server, 'message')) as [string]
  const embedding = new SagemakerEmbedding({
    endpointName: 'model',
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    contentHandler: teiEmbedding(),
    embedBatchSize: 32,
  })
  let pulled = 0
  function* texts(): Generator<string> {
    while (pulled < count) {
      pulled++
      yield `text ${pulled}: the keeper of a lighthouse counts ships at night and writes their names into a book`
    }
  }
  console.log('| vectors taken | texts ahead | heap | buffers |')
  console.log('|--:|--:|--:|--:|')
  let taken = 0
  let mostAhead = 0
  for await (const { embedding: vector } of embedding.embedStream(texts())) {
    if (vector.length !== width) throw new Error('a vector of another width')
    taken++
    mostAhead = Math.max(mostAhead, pulled - taken)
    // Slower than the endpoint: the results of all requests in flight are there before the first of them is taken.
    if (taken % 256 === 0) await new Promise((resolve) => setTimeout(resolve, 10))
    if (taken !== 1 && taken % everyCount !== 0) continue
    globalThis.gc?.()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    console.log(`| ${taken} | ${mostAhead} | ${megabytes(heapUsed)} | ${megabytes(arrayBuffers)} |`)
  }
  embedding.close()
  server.kill()
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
