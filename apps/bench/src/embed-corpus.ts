import { fork } from 'node:child_process'
import { once } from 'node:events'
import { InvokeEndpointCommand, SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime'
import { SagemakerEmbedding, tei } from '@x/sagemaker-embed'
import { seededRandom } from './random.ts'

/**
 * 20,000 texts against the local runtime, in a process of its own: `SagemakerEmbedding` against the loop that one writes
 * over the bare SDK. Prints requests per second on the clock and CPU time per request of this process, medians over the rounds.
 */
const count = 20_000
const batchSize = 32
const concurrency = 4
const rounds = 5
const requests = Math.ceil(count / batchSize)

const texts = corpus(count)
const server = fork(new URL('workloads/embedding-server.ts', import.meta.url), { execArgv: process.execArgv })
const [endpoint] = (await once(server, 'message')) as [string]
const connection = {
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
}

/** No checks, no retries of its own, and vectors of twice the size. */
async function loopOverSdk(): Promise<readonly ArrayLike<number>[]> {
  const client = new SageMakerRuntimeClient(connection)
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

async function sagemakerEmbedding(): Promise<readonly ArrayLike<number>[]> {
  const options = { contentHandler: tei(), embedBatchSize: batchSize, concurrency }
  const embedding = new SagemakerEmbedding({ ...connection, endpointName: 'demo', ...options })
  const vectors = await embedding.getTextEmbeddings(texts)
  embedding.close()
  return vectors
}

const contenders = { 'loop over the bare SDK': loopOverSdk, SagemakerEmbedding: sagemakerEmbedding }
const samples = Object.entries(contenders).map(([name, run]) => ({ name, run, rates: [0], cpuMs: [0], checksum: 0 }))
for (let round = 0; round <= rounds; round++) {
  for (const sample of samples) {
    const cpu = process.cpuUsage()
    const startedMs = performance.now()
    // oxlint-disable-next-line no-await-in-loop -- contenders run one at a time, or they would be measured together
    const vectors = await sample.run()
    const { user, system } = process.cpuUsage(cpu)
    sample.rates[round] = requests / ((performance.now() - startedMs) / 1000)
    sample.cpuMs[round] = (user + system) / 1000 / requests
    sample.checksum = vectors.reduce((sum, vector, index) => sum + Math.fround(vector[index % 384] ?? Number.NaN), 0)
  }
}
if (new Set(samples.map(({ checksum }) => checksum)).size > 1) throw new Error('the vectors differ')
console.log(`| ${count} texts, ${requests} requests, ${concurrency} at a time | requests/s | CPU per request |`)
console.log('|---|--:|--:|')
for (const { name, rates, cpuMs } of samples) {
  // The first round warms up.
  console.log(`| ${name} | ${median(rates.slice(1)).toFixed(0)} | ${median(cpuMs.slice(1)).toFixed(2)} ms |`)
}
server.kill()

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

/** Texts of 40 words each, all different. */
function corpus(length: number): string[] {
  const words = 'the keeper of a lighthouse counts ships at night and writes their names into a large book'.split(' ')
  const random = seededRandom(2)
  const word = (): string => words[Math.floor(random() * words.length)] ?? ''
  return Array.from({ length }, (_, index) => `${index}: ${Array.from({ length: 40 }, word).join(' ')}`)
}
