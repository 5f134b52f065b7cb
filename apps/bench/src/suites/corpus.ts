import { InvokeEndpointCommand } from '@aws-sdk/client-sagemaker-runtime'
import { SagemakerEmbedding, teiEmbedding } from '@x/sagemaker-embed'
import { awsSdkClient } from '../peers/aws-sdk.ts'
import { seededRandom } from '../random.ts'
import type { TimedSuite } from '../suite.ts'
import { connection } from '../workloads/connection.ts'
import { lazily } from '../workloads/lazily.ts'
import { startProcess } from '../workloads/start-process.ts'

const count = 20_000
const batchSize = 32
const concurrency = 4
const ours = 'SagemakerEmbedding'
const loop = 'loop over the AWS SDK client'

/** A corpus against the local runtime, in its own process, whose demo model is what limits the time on the clock. */
export function* corpusSuites(): Iterable<TimedSuite> {
  yield querySuite()
  const texts = corpus(count)
  yield {
    kind: 'timed',
    name: `${count.toLocaleString('en')} texts in batches of ${batchSize}, ${concurrency} requests at a time`,
    item: 'text',
    items: count,
    rounds: 3,
    contenders: [
      { name: ours, role: 'ours', run: async () => checksum(await embed(texts)) },
      { name: loop, role: 'peer', run: async () => checksum(await loopOverSdk(texts)) },
    ],
    goals: [{ kind: 'ratio', of: ours, over: loop, atMost: 1.5 }],
  }
}

const queries = 300
const bare = 'AWS SDK client and JSON.parse'

/** What every question to a corpus starts with. */
function querySuite(): TimedSuite {
  const embedding = lazily(async () => new SagemakerEmbedding({ ...connection, ...(await demo()) }))
  const client = lazily(async () => awsSdkClient(await startEmbeddingServer()))
  const decoder = new TextDecoder()
  const ask = async (query: string): Promise<ArrayLike<number>> => {
    const Body = JSON.stringify({ inputs: [query], truncate: false })
    const command = new InvokeEndpointCommand({ EndpointName: 'demo', Body, ContentType: 'application/json' })
    const [vector] = JSON.parse(decoder.decode((await (await client()).send(command)).Body)) as number[][]
    return vector ?? []
  }
  return {
    kind: 'timed',
    name: 'One query, one call after the other',
    item: 'query',
    items: queries,
    contenders: [
      { name: ours, role: 'ours', run: () => each(async (query) => (await embedding()).getQueryEmbedding(query)) },
      { name: bare, role: 'peer', run: () => each(ask) },
    ],
    goals: [{ kind: 'ratio', of: ours, over: bare, atMost: 0.75 }],
  }
}

async function each(ask: (query: string) => Promise<ArrayLike<number>>): Promise<number> {
  const vectors: ArrayLike<number>[] = []
  // oxlint-disable-next-line no-await-in-loop -- one call after the other is what is measured
  for (let index = 0; index < queries; index++) vectors.push(await ask(`Who keeps lighthouse ${index}?`))
  return checksum(vectors)
}

async function demo() {
  return { endpoint: await startEmbeddingServer(), endpointName: 'demo', contentHandler: teiEmbedding() }
}

async function embed(texts: readonly string[]): Promise<readonly ArrayLike<number>[]> {
  const embedding = new SagemakerEmbedding({ ...connection, ...(await demo()), embedBatchSize: batchSize, concurrency })
  const vectors = await embedding.getTextEmbeddings(texts)
  embedding.close()
  return vectors
}

/** What one writes by hand: no checks, no retries, and vectors of twice the size. */
async function loopOverSdk(texts: readonly string[]): Promise<readonly ArrayLike<number>[]> {
  const client = awsSdkClient(await startEmbeddingServer())
  const decoder = new TextDecoder()
  const vectors: number[][] = []
  let next = 0
  const work = async (): Promise<void> => {
    while (next < texts.length) {
      const start = next
      next += batchSize
      const Body = JSON.stringify({ inputs: texts.slice(start, start + batchSize), truncate: false })
      const command = new InvokeEndpointCommand({ EndpointName: 'demo', Body, ContentType: 'application/json' })
      // oxlint-disable-next-line no-await-in-loop -- each worker has one request in flight
      const answer = await client.send(command)
      const rows = JSON.parse(decoder.decode(answer.Body)) as number[][]
      for (const [index, row] of rows.entries()) vectors[start + index] = row
    }
  }
  await Promise.all(Array.from({ length: concurrency }, work))
  client.destroy()
  return vectors
}

/** One number of each vector, another one each time. */
function checksum(vectors: readonly ArrayLike<number>[]): number {
  return vectors.reduce((sum, vector, index) => sum + Math.fround(vector[index % 384] ?? Number.NaN), 0)
}

/** The address of a local runtime with the demo embedding model. */
const startEmbeddingServer: () => Promise<string> = lazily(() => startProcess<string>('embedding-server.ts'))

/** Texts of 40 words each, all different. */
function corpus(length: number): string[] {
  const words = 'the keeper of a lighthouse counts ships at night and writes their names into a large book'.split(' ')
  const random = seededRandom(2)
  const word = (): string => words[Math.floor(random() * words.length)] ?? ''
  return Array.from({ length }, (_, index) => `${index}: ${Array.from({ length: 40 }, word).join(' ')}`)
}
