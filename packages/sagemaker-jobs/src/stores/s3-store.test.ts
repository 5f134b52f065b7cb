import { hostname } from 'node:os'
import { S3Client } from '@aws-sdk/client-s3'
import { array, assert, asyncProperty, string } from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { S3Objects } from '../aws/s3-objects.ts'
import type { JobStore } from '../contract/job-store.ts'
import { fileStore, openJob, realtimeEngine, s3Store, startJob } from '../index.ts'
import { type ConditionalS3, startConditionalS3 } from '../test-support/conditional-s3.ts'
import { lengthCodec, startCountingRuntime, textRows } from '../test-support/counting-endpoint.ts'
import { temporaryFolder } from '../test-support/temporary-folder.ts'

let s3: ConditionalS3
let count = 0

beforeAll(async () => {
  s3 = await startConditionalS3()
})
afterAll(() => s3?.[Symbol.asyncDispose]())
beforeEach(() => {
  s3.failEvery = 0
  s3.requests.length = 0
  count++
})

function store(options: { readonly leaseMs?: number; readonly appendIntervalMs?: number } = {}): JobStore {
  return s3Store(`s3://bucket/job-${count}`, s3.connection, { appendIntervalMs: 1, ...options })
}

async function contentOf(one: JobStore, position?: string): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const { bytes } of one.read('results', position)) chunks.push(bytes)
  return Buffer.concat(chunks).toString()
}

describe.each([
  ['in a folder', () => fileStore(temporaryFolder())],
  ['in S3', () => s3Store(`s3://bucket/log-${Math.random()}`, s3.connection)],
])('a log %s', (_, create) => {
  test('is read as it was appended, from any position', async () => {
    await assert(
      asyncProperty(array(string({ minLength: 1 }), { maxLength: 20 }), async (texts) => {
        const one = create()
        const lock = await one.lock()
        const lines = texts.map((text) => `${JSON.stringify(text)}\n`)
        const positions: string[] = []
        for (const line of lines) {
          await one.append('results', line)
          for await (const { position } of one.read('results', positions.at(-1))) positions.push(position)
        }
        await lock.release()
        expect(await contentOf(one)).toBe(lines.join(''))
        expect(positions).toHaveLength(lines.length)
        for (const [at, position] of positions.entries()) {
          expect(await contentOf(one, position)).toBe(lines.slice(at + 1).join(''))
        }
      }),
      { numRuns: 10 },
    )
  })
})

describe('a store in S3', () => {
  test('has one description and one writer', async () => {
    const lock = await store().lock()
    await expect(store().lock()).rejects.toMatchObject({ code: 'job-locked' })
    expect(await store().isLocked()).toBe(true)
    expect(await store().createDescription('one')).toBe(true)
    expect(await store().createDescription('two')).toBe(false)
    expect(await store().readDescription()).toBe('one')
    await lock.release()
    expect(await store().isLocked()).toBe(false)
    const next = await store().lock()
    await next.release()
  })

  test('of many processes that want it at once, one gets it', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => store().lock()))
    const won = outcomes.filter(({ status }) => status === 'fulfilled')
    expect(won).toHaveLength(1)
    // Also where a lease has run out and all of them try to take it over.
    s3.objects.set(
      `job-${count}/lock.json`,
      Buffer.from(JSON.stringify({ token: 'x', host: 'elsewhere', expiresAt: 1 })),
    )
    const again = await Promise.allSettled(Array.from({ length: 12 }, () => store().lock()))
    expect(again.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('is taken over from a process of this machine that has died, and from another machine after a while', async () => {
    const key = `job-${count}/lock.json`
    const expiresAt = Date.now() + 60_000
    s3.objects.set(key, Buffer.from(JSON.stringify({ token: 'x', pid: 2 ** 22 + 1, host: hostname(), expiresAt })))
    await (await store().lock()).release()
    s3.objects.set(key, Buffer.from(JSON.stringify({ token: 'x', pid: 1, host: 'elsewhere', expiresAt })))
    await expect(store().lock()).rejects.toMatchObject({
      code: 'job-locked',
      message: expect.stringContaining('elsewhere'),
    })
    const passed = { token: 'x', pid: 1, host: 'elsewhere', expiresAt: Date.now() - 1 }
    s3.objects.set(key, Buffer.from(JSON.stringify(passed)))
    await (await store().lock()).release()
  })

  test('is renewed by compare and swap, and lost to a process that has taken over', async () => {
    const lock = await store({ leaseMs: 60 }).lock()
    const key = `job-${count}/lock.json`
    const first = s3.objects.get(key)
    await vi.waitFor(() => expect(s3.objects.get(key)).not.toEqual(first))
    expect(lock.lost.aborted).toBe(false)
    s3.objects.set(key, Buffer.from(JSON.stringify({ token: 'y', host: 'elsewhere', expiresAt: Date.now() + 60_000 })))
    await vi.waitFor(() => expect(lock.lost.aborted).toBe(true))
    expect(lock.lost.reason).toMatchObject({ code: 'job-locked' })
    await lock.release()
    expect(s3.objects.get(key)?.toString()).toContain('elsewhere')
  })

  test('a writer that has lost the store overwrites nothing', async () => {
    const old = store()
    await old.append('results', 'one\n')
    const next = store()
    await next.append('results', 'two\n')
    await expect(old.append('results', 'late\n')).rejects.toMatchObject({ code: 'job-locked' })
    expect(await contentOf(next)).toBe('one\ntwo\n')
  })

  test('a conditional write whose response was lost is known to be ours', async () => {
    const client = new S3Client({
      ...s3.connection,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      forcePathStyle: true,
    })
    let calls = 0
    const unlucky = new S3Objects({
      async send(command: never): Promise<unknown> {
        const output: unknown = await client.send(command)
        calls++
        if (calls === 1) throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' })
        return output
      },
    })
    expect(await unlucky.put(`s3://bucket/one-${count}`, 'a', { ifNoneMatch: '*' })).toBeDefined()
    expect(await unlucky.put(`s3://bucket/one-${count}`, 'b', { ifNoneMatch: '*' })).toBeUndefined()
    expect(s3.objects.get(`one-${count}`)?.toString()).toBe('a')
    client.destroy()
  })

  test('keeps a job that goes on after a failure, with an S3 that fails one request in twenty', async () => {
    await using endpoint = await startCountingRuntime({ delayMs: 2 })
    s3.failEvery = 20
    const rows = textRows(300)
    const options = () => ({
      rows,
      codec: lengthCodec(4),
      engine: realtimeEngine({ endpoint: { endpointName: 'e', ...endpoint.runtime.connection }, concurrency: 4 }),
      store: store({ appendIntervalMs: 5 }),
    })
    const first = await startJob(options())
    let seen = 0
    for await (const _ of first.results()) {
      seen++
      if (seen === 80) break
    }
    await first.close()
    const again = await openJob(options())
    const outputs: unknown[] = []
    for await (const { output } of again.results({ ordered: true })) outputs.push(output)
    expect(outputs).toEqual(rows.map(({ input }) => input.length))
    expect(await again.wait()).toMatchObject({ state: 'complete', done: 300 })
    const watched = await openJob(store())
    expect(await watched.status()).toMatchObject({ state: 'complete', total: 300 })
    expect([...endpoint.sent.values()].filter((times) => times > 1).length).toBeLessThanOrEqual(32)
    expect(s3.requests.length).toBeGreaterThan(60)
  })

  test('a job whose store was taken over stops', async () => {
    await using endpoint = await startCountingRuntime({ delayMs: 5 })
    const engine = realtimeEngine({ endpoint: { endpointName: 'e', ...endpoint.runtime.connection }, concurrency: 1 })
    const job = await startJob({ rows: textRows(5000), codec: lengthCodec(), engine, store: store({ leaseMs: 60 }) })
    await vi.waitFor(async () => expect((await job.status()).done).toBeGreaterThan(0))
    const taken = { token: 'y', pid: 1, host: 'elsewhere', expiresAt: Date.now() + 60_000 }
    s3.objects.set(`job-${count}/lock.json`, Buffer.from(JSON.stringify(taken)))
    await expect(job.wait()).rejects.toMatchObject({ code: 'job-locked' })
    expect((await job.status()).done).toBeLessThan(5000)
  })
})
