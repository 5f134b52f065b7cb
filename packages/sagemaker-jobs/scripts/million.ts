// pnpm run million [rows [engine]]: embeds a million rows through each engine, or one, against a local runtime in another process, and prints time,
// CPU and memory of this process. Run it on a machine that does nothing else.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { embeddingCodec, openaiEmbedding } from '@x/sagemaker-embed'
import { type LocalServiceConnection, scripted, startLocalRuntime } from '@x/sagemaker-local'
import { S3Client } from '@aws-sdk/client-s3'
import { asyncEngine, fileStore, type JobEngine, listPrefix, openJob, realtimeEngine, startJob } from '../src/index.ts'

const rows = Number(process.argv[2] ?? 1_000_000)
const only = process.argv[3]
const batchSize = 128
const dimensions = 64

if (process.send !== undefined) await serve()
else await measure()

/** An endpoint that answers at once, so that the engine is what is measured. */
async function serve(): Promise<void> {
  const embedding = Array.from({ length: dimensions }, (_, index) => Math.fround(Math.sin(index + 1) / 8))
  const bodies = new Map<number, Uint8Array>()
  const model = scripted((request) => {
    const count = (JSON.parse(request.text) as { input: readonly string[] }).input.length
    const known = bodies.get(count)
    if (known !== undefined) return known
    const data = Array.from({ length: count }, (_, index) => ({ object: 'embedding', index, embedding }))
    const body = new TextEncoder().encode(JSON.stringify({ object: 'list', data }))
    bodies.set(count, body)
    return body
  })
  const runtime = await startLocalRuntime({
    objects: 's3',
    endpoints: { e: { model, asyncPath: 's3://answers/e' } },
    maxRecordedRequests: 1,
  })
  process.send?.({ connection: runtime.connection, s3: runtime.s3 })
}

async function measure(): Promise<void> {
  const server = fork(import.meta.filename, { execArgv: process.execArgv })
  const [{ connection, s3 }] = (await once(server, 'message')) as [{ connection: object; s3: LocalServiceConnection }]
  let listings = 0
  const client = new S3Client(s3)
  client.middlewareStack.add((next, { commandName }) => (input) => {
    if (commandName === 'ListObjectsV2Command') listings++
    return next(input)
  })
  const endpoint = { endpointName: 'e', ...connection }
  const engines: Readonly<Record<string, () => JobEngine>> = {
    realtime: () => realtimeEngine({ endpoint, concurrency: 8 }),
    async: () => asyncEngine({ endpoint, s3: client, maxInFlight: 10_000, completion: listPrefix({ minPollMs: 100 }) }),
  }
  for (const [name, engine] of Object.entries(engines)) {
    if (only === undefined || only === name) await measureEngine(name, engine, () => listings)
  }
  client.destroy()
  server.kill()
}

async function measureEngine(name: string, engine: () => JobEngine, listings: () => number): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'million-'))
  const options = () => ({
    rows: inputs(),
    codec: embeddingCodec({ contentHandler: openaiEmbedding(), embedBatchSize: batchSize }),
    engine: engine(),
    store: fileStore(folder),
  })
  const listedBefore = listings()
  const before = memory()
  const start = { cpu: process.cpuUsage(), ms: performance.now() }
  const job = await startJob(options())
  const { state, done } = await job.wait()
  const { user, system } = process.cpuUsage(start.cpu)
  const seconds = (performance.now() - start.ms) / 1000
  const grown = memory() - before
  const resumedAt = performance.now()
  const again = await openJob(options())
  await again.wait()
  const resumed = (performance.now() - resumedAt) / 1000
  process.stdout.write(
    `${name}: ${state}, ${done} rows in ${seconds.toFixed(0)} s, ${((user + system) / done).toFixed(1)} µs of CPU per row, ` +
      `${(grown / done).toFixed(1)} bytes of memory per row, ${listings() - listedBefore} listings; ` +
      `nothing left to do found in ${resumed.toFixed(0)} s\n`,
  )
  rmSync(folder, { recursive: true })
  // Keeps the job, and so its table, alive until memory was measured.
  await job.status()
}

function* inputs() {
  for (let index = 0; index < rows; index++) yield { id: `document-${index}`, input: `This is text number ${index}.` }
}

function memory(): number {
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
