import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { embeddingCodec, teiEmbedding } from '@x/sagemaker-embed'
import { demoEmbeddingModel, startLocalRuntime } from '@x/sagemaker-local'
import { describe, expect, test } from 'vitest'
import { fileStore, type JobOptions, type JobResult, openJob, realtimeEngine, startJob } from '../index.ts'
import { type CountingRuntime, lengthCodec, startCountingRuntime, textRows } from '../test-support/counting-endpoint.ts'
import { temporaryFolder } from '../test-support/temporary-folder.ts'

function options(
  { runtime }: CountingRuntime,
  folder: string,
  more: Partial<JobOptions<string, number>> & { readonly concurrency?: number } = {},
): JobOptions<string, number> {
  const { concurrency = 4, ...rest } = more
  const retry = { maxAttempts: 1 }
  return {
    rows: textRows(100),
    codec: lengthCodec(8),
    engine: realtimeEngine({ endpoint: { endpointName: 'e', ...runtime.connection, retry }, concurrency }),
    store: fileStore(folder),
    ...rest,
  }
}

async function collected<O>(results: AsyncIterable<JobResult<O>>): Promise<JobResult<O>[]> {
  const all: JobResult<O>[] = []
  for await (const result of results) all.push(result)
  return all
}

describe('a job in real time', () => {
  test('gives every row its result, once, while it runs and afterwards', async () => {
    await using endpoint = await startCountingRuntime()
    const folder = temporaryFolder()
    const rows = textRows(100)
    const job = await startJob(options(endpoint, folder, { rows }))
    const live = await collected(job.results())
    expect(await job.wait()).toMatchObject({ state: 'complete', total: 100, done: 100, failed: 0, inFlight: 0 })
    const expected = rows.map(({ id, input }, index) => ({ id, index, output: input.length }))
    expect(live.toSorted((a, b) => a.index - b.index)).toEqual(expected)
    expect(await collected(job.results({ ordered: true }))).toEqual(expected)
    const stored = await openJob<number>(fileStore(folder))
    expect(stored.id).toBe(job.id)
    expect(await stored.status()).toMatchObject({ state: 'complete', total: 100, done: 100 })
    expect(await collected(stored.results({ ordered: true }))).toEqual(expected)
    expect([...endpoint.sent.values()]).toEqual(Array.from({ length: 100 }, () => 1))
    expect(Math.max(...endpoint.sizes)).toBe(8)
    expect(statSync(path.join(folder, 'results.jsonl')).mode & 0o777).toBe(0o600)
  })

  test('names rows without an id by their position', async () => {
    await using endpoint = await startCountingRuntime()
    const job = await startJob(
      options(endpoint, temporaryFolder(), { rows: [{ input: 'a' }, { id: 'b', input: 'bb' }] }),
    )
    expect(await collected(job.results({ ordered: true }))).toEqual([
      { id: 'row-0', index: 0, output: 1 },
      { id: 'b', index: 1, output: 2 },
    ])
  })

  test('keeps vectors as they are', async () => {
    await using runtime = await startLocalRuntime({ endpoints: { e: demoEmbeddingModel({ format: 'tei' }) } })
    const folder = temporaryFolder()
    const job = await startJob({
      rows: textRows(20),
      codec: embeddingCodec({ contentHandler: teiEmbedding() }),
      engine: realtimeEngine({ endpoint: { endpointName: 'e', ...runtime.connection } }),
      store: fileStore(folder),
    })
    const live = await collected(job.results({ ordered: true }))
    expect(live).toHaveLength(20)
    expect(live[3]?.output).toBeInstanceOf(Float32Array)
    const stored = await openJob(fileStore(folder))
    expect(await collected(stored.results({ ordered: true }))).toEqual(live)
  })

  test('finds the row that spoils a batch, and fails rows without an output by themselves', async () => {
    await using endpoint = await startCountingRuntime()
    const rows = textRows(64, (index) => (index === 13 ? 'poison' : index === 40 ? 'deaf' : `text ${index}`))
    const job = await startJob(options(endpoint, temporaryFolder(), { rows, codec: lengthCodec(32) }))
    const results = await collected(job.results({ ordered: true }))
    const failed = results.filter(({ error }) => error !== undefined)
    expect(failed).toMatchObject([
      { id: 'id-13', index: 13, error: { code: 'invalid-request', id: 'id-13', index: 13 } },
      { id: 'id-40', index: 40, error: { code: 'model-error' } },
    ])
    expect(results).toHaveLength(64)
    expect(await job.wait()).toMatchObject({ state: 'partial', done: 62, failed: 2 })
    // 32, then 16 + 16, 8 + 8, ... down to one; and the other 32.
    expect(endpoint.sizes).toHaveLength(12)
  })

  test('a doubled id and an unreadable row fail without being sent, and are named', async () => {
    await using endpoint = await startCountingRuntime()
    const rows = [
      { id: 'a', input: 'a' },
      { id: 'a', input: 'b' },
      { error: new Error('line 3 is no JSON') },
      { id: 'c', input: 'c' },
    ]
    const folder = temporaryFolder()
    const job = await startJob(options(endpoint, folder, { rows }))
    expect(await collected(job.results({ ordered: true }))).toMatchObject([
      { id: 'a', index: 0, output: 1 },
      { id: 'a', index: 1, error: { code: 'duplicate-id', index: 1, message: expect.stringContaining('row 0') } },
      { id: 'row-2', index: 2, error: { code: 'invalid-row', message: expect.stringContaining('line 3') } },
      { id: 'c', index: 3, output: 1 },
    ])
    const again = await openJob(options(endpoint, folder, { rows }))
    expect(await again.wait()).toMatchObject({ state: 'partial', done: 2, failed: 2 })
    expect([...endpoint.sent.keys()]).toEqual(['a', 'c'])
    expect(await collected(again.results())).toHaveLength(4)
  })

  test('stops at a failure that all rows would have, and goes on once it is repaired', async () => {
    await using endpoint = await startCountingRuntime({
      endpoint: { faults: { refusal: 'access-denied', firstRequests: 1 } },
    })
    const folder = temporaryFolder()
    const job = await startJob(options(endpoint, folder, { concurrency: 1 }))
    await expect(job.wait()).rejects.toMatchObject({ code: 'access-denied', action: 'sagemaker:InvokeEndpoint' })
    await expect(collected(job.results())).rejects.toMatchObject({ code: 'access-denied' })
    expect(await job.status()).toMatchObject({ state: 'stopped', done: 0, failed: 0 })
    const again = await openJob(options(endpoint, folder))
    expect(await again.wait()).toMatchObject({ state: 'complete', done: 100 })
  })

  test('stops when the endpoint is down, instead of failing every row', async () => {
    await using endpoint = await startCountingRuntime({ endpoint: { faults: { refusal: 'service-unavailable' } } })
    const rows = textRows(10_000)
    const job = await startJob(options(endpoint, temporaryFolder(), { rows, codec: lengthCodec() }))
    await expect(job.wait()).rejects.toMatchObject({ code: 'service-unavailable' })
    expect((await job.status()).failed).toBeLessThan(50)
  })

  test('stops when every row is refused from the start', async () => {
    await using endpoint = await startCountingRuntime()
    const rows = textRows(10_000, (index) => `poison ${index}`)
    const job = await startJob(options(endpoint, temporaryFolder(), { rows }))
    await expect(job.wait()).rejects.toMatchObject({ code: 'invalid-request' })
    expect(endpoint.sizes.length).toBeLessThan(400)
  })

  test('sends rows again that failed for a passing reason, when it is resumed', async () => {
    await using endpoint = await startCountingRuntime({
      endpoint: { faults: { refusal: 'service-unavailable', firstRequests: 3 } },
    })
    const folder = temporaryFolder()
    const first = await startJob(options(endpoint, folder, { concurrency: 1 }))
    const before = await collected(first.results())
    expect(await first.wait()).toMatchObject({ state: 'partial', done: 76, failed: 24 })
    expect(before).toHaveLength(100)
    const again = await openJob(options(endpoint, folder))
    const results = await collected(again.results({ ordered: true }))
    expect(results.map(({ index }) => index)).toEqual(Array.from({ length: 100 }, (_, index) => index))
    expect(results.every(({ error }) => error === undefined)).toBe(true)
    expect(await again.wait()).toMatchObject({ state: 'complete', done: 100, failed: 0 })
    expect([...endpoint.sent.values()].every((count) => count === 1)).toBe(true)
  })

  test('a row that is not answered in time is expired, and sent again when the job is resumed', async () => {
    await using endpoint = await startCountingRuntime({
      endpoint: { faults: { refusal: 'silence', firstRequests: 1 } },
    })
    const folder = temporaryFolder()
    const engine = () =>
      realtimeEngine({
        endpoint: {
          endpointName: 'e',
          ...endpoint.runtime.connection,
          timeouts: { firstByteMs: 300 },
          retry: { maxAttempts: 1 },
        },
      })
    const rows = textRows(3)
    const job = await startJob(options(endpoint, folder, { rows, codec: lengthCodec(), engine: engine() }))
    expect(await job.wait()).toMatchObject({ state: 'partial', done: 2, expired: 1, failed: 0 })
    const again = await openJob(options(endpoint, folder, { rows, codec: lengthCodec(), engine: engine() }))
    expect(await again.wait()).toMatchObject({ state: 'complete', done: 3, expired: 0 })
  })
})

describe('a stopped job', () => {
  test('goes on where it was; at most the rows in flight are sent again', async () => {
    await using endpoint = await startCountingRuntime({ delayMs: 5 })
    const folder = temporaryFolder()
    const rows = textRows(400)
    const job = await startJob(options(endpoint, folder, { rows }))
    let seen = 0
    for await (const _ of job.results()) {
      seen++
      if (seen === 100) break
    }
    const status = await job.cancel()
    expect(status).toMatchObject({ state: 'stopped', total: undefined, inFlight: 0 })
    expect(status.done).toBeLessThan(400)
    const again = await openJob(options(endpoint, folder, { rows }))
    expect(await again.wait()).toMatchObject({ state: 'complete', done: 400 })
    const results = await collected(again.results({ ordered: true }))
    expect(results.map(({ output }) => output)).toEqual(rows.map(({ input }) => input.length))
    const twice = [...endpoint.sent.values()].filter((count) => count > 1)
    expect(twice.length).toBeLessThanOrEqual(4 * 8)
  })

  test('is not read further than it is sent', async () => {
    await using endpoint = await startCountingRuntime({ delayMs: 20 })
    let read = 0
    function* endless() {
      for (;;) yield { input: `row ${read++}` }
    }
    const job = await startJob(options(endpoint, temporaryFolder(), { rows: endless() }))
    await new Promise((resolve) => setTimeout(resolve, 300))
    const { done, inFlight } = await job.status()
    await job.close()
    expect(read - done).toBeLessThanOrEqual(inFlight + 64)
    expect(inFlight).toBeLessThanOrEqual(128)
  })

  test('waiting can be given up without stopping it', async () => {
    await using endpoint = await startCountingRuntime({ delayMs: 30 })
    const job = await startJob(options(endpoint, temporaryFolder()))
    await expect(job.wait({ signal: AbortSignal.timeout(1) })).rejects.toMatchObject({ code: 'aborted' })
    expect(await job.wait()).toMatchObject({ state: 'complete' })
  })
})

describe('a store', () => {
  test('holds one job, for one process', async () => {
    await using endpoint = await startCountingRuntime({ delayMs: 20 })
    const folder = temporaryFolder()
    const job = await startJob(options(endpoint, folder))
    await expect(openJob(options(endpoint, folder))).rejects.toMatchObject({ code: 'job-locked' })
    const watched = await openJob(fileStore(folder))
    expect((await watched.status()).state).toBe('running')
    await expect(watched.cancel()).rejects.toMatchObject({ code: 'invalid-request' })
    await job.wait()
    expect((await watched.status()).state).toBe('complete')
    await expect(startJob(options(endpoint, folder))).rejects.toMatchObject({ code: 'job-exists' })
    await expect(openJob(fileStore(temporaryFolder()))).rejects.toMatchObject({ code: 'invalid-request' })
  })

  test('takes over the lock of a process that has died', async () => {
    await using endpoint = await startCountingRuntime()
    const folder = temporaryFolder()
    writeFileSync(path.join(folder, 'lock'), JSON.stringify({ token: 'x', pid: 2 ** 22 + 1, host: 'elsewhere' }))
    await expect(startJob(options(endpoint, folder))).rejects.toMatchObject({ code: 'job-locked' })
    const { hostname } = await import('node:os')
    writeFileSync(path.join(folder, 'lock'), JSON.stringify({ token: 'x', pid: 2 ** 22 + 1, host: hostname() }))
    const job = await startJob(options(endpoint, folder))
    expect(await job.wait()).toMatchObject({ state: 'complete' })
  })

  test.each([
    [
      'another input',
      { rows: textRows(100, (index) => (index === 7 ? 'changed' : `text ${'x'.repeat(index % 7)} ${index}`)) },
    ],
    ['another id', { rows: textRows(100).map((row, index) => (index === 7 ? { ...row, id: 'changed' } : row)) }],
  ])('is not resumed with %s: the row is named', async (_, changed) => {
    await using endpoint = await startCountingRuntime()
    const folder = temporaryFolder()
    const first = await startJob(options(endpoint, folder))
    await first.wait()
    const again = await openJob(options(endpoint, folder, changed))
    await expect(again.wait()).rejects.toMatchObject({ code: 'job-changed', index: 7 })
  })

  test('is not resumed with fewer rows, another codec or another endpoint', async () => {
    await using endpoint = await startCountingRuntime()
    const folder = temporaryFolder()
    const first = await startJob(options(endpoint, folder))
    await first.wait()
    const fewer = await openJob(options(endpoint, folder, { rows: textRows(50) }))
    await expect(fewer.wait()).rejects.toMatchObject({ code: 'job-changed' })
    const codec = { ...lengthCodec(8), name: 'other' }
    await expect(openJob(options(endpoint, folder, { codec }))).rejects.toMatchObject({
      code: 'job-changed',
      path: 'codec',
    })
    const engine = realtimeEngine({ endpoint: { endpointName: 'other', ...endpoint.runtime.connection } })
    await expect(openJob(options(endpoint, folder, { engine }))).rejects.toMatchObject({
      code: 'job-changed',
      path: 'target',
    })
  })

  test('of a newer version, or damaged, is refused', async () => {
    await using endpoint = await startCountingRuntime()
    const folder = temporaryFolder()
    const job = await startJob(options(endpoint, folder))
    await job.wait()
    const description = readFileSync(path.join(folder, 'job.json'), 'utf8')
    writeFileSync(path.join(folder, 'job.json'), description.replace('"format": 1', '"format": 2'))
    const newer = openJob(fileStore(folder))
    await expect(newer).rejects.toMatchObject({ code: 'invalid-configuration', path: 'format' })
    await expect(newer).rejects.toThrow('Update the package')
    writeFileSync(path.join(folder, 'job.json'), '{')
    await expect(openJob(fileStore(folder))).rejects.toMatchObject({ code: 'invalid-configuration' })
    writeFileSync(path.join(folder, 'job.json'), description)
    appendFileSync(path.join(folder, 'results.jsonl'), 'damaged\n')
    const damaged = await openJob(fileStore(folder))
    await expect(damaged.status()).rejects.toMatchObject({ code: 'invalid-row', line: 101 })
  })

  test('whose last line was torn by a crash loses that line alone', async () => {
    await using endpoint = await startCountingRuntime()
    const folder = temporaryFolder()
    const job = await startJob(options(endpoint, folder))
    await job.wait()
    const file = path.join(folder, 'results.jsonl')
    const lines = readFileSync(file, 'utf8')
    writeFileSync(file, lines.slice(0, -5))
    const stored = await openJob(fileStore(folder))
    expect(await stored.status()).toMatchObject({ state: 'stopped', done: 99 })
    const again = await openJob(options(endpoint, folder))
    expect(await again.wait()).toMatchObject({ state: 'complete', done: 100 })
    expect(await collected(again.results())).toHaveLength(100)
    expect([...endpoint.sent.values()].filter((count) => count === 2)).toHaveLength(1)
  })
})
