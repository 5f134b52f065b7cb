import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  containerError,
  json,
  part,
  replay,
  scripted,
  serviceError,
  stall,
  startLocalRuntime,
  stream,
} from '@x/sagemaker-local'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { failureOf, localEndpoint, readTexts } from '../test-support/local-endpoint.ts'
import { captureTo } from './capture-to.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'capture-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0
const newFile = (): string => path.join(folder, `${++files}.jsonl`)

let warnings: Error[]
const note = (warning: Error): void => void warnings.push(warning)
beforeEach(() => {
  warnings = []
  process.on('warning', note)
})
afterEach(() => void process.off('warning', note))

type Line = Readonly<Record<string, unknown>>
const parseLines = (text: string): Line[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
const linesOf = (file: string): Line[] => parseLines(readFileSync(file, 'utf8'))
const types = (lines: readonly Line[]): unknown[] => lines.map(({ type }) => type)

const prompt = JSON.stringify({ inputs: 'Wie heißt die Hauptstadt?' })

test('a stream is captured with every part, byte for byte', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: {
      it: scripted(({ index }) =>
        index === 0 ? serviceError('ServiceUnavailable') : stream(['Pa', 'ris é'].map(part)),
      ),
    },
  })
  const file = newFile()
  await readTexts(localEndpoint(runtime, 'it', { observers: [captureTo(file)] }).invokeStream(prompt))
  const lines = linesOf(file)
  expect(types(lines)).toEqual(['capture', 'request', 'retry', 'response', 'part', 'part', 'end'])
  const [header, request, retry, response, ...parts] = lines
  expect(header).toMatchObject({ version: 1, endpointName: 'it', callId: expect.any(String) as unknown })
  expect(Math.abs(Date.parse(header!['startedAt'] as string) - Date.now())).toBeLessThan(60_000)
  expect(request).toMatchObject({
    operation: 'InvokeEndpointWithResponseStream',
    contentType: 'application/json',
    body: prompt,
  })
  expect(retry).toMatchObject({ attempt: 1, code: 'service-unavailable' })
  expect(response).toMatchObject({ statusCode: 200, variant: 'AllTraffic', requestId: expect.any(String) as unknown })
  expect(
    parts.slice(0, 2).map(({ start, bytes }) => [start, Buffer.from(bytes as string, 'base64').toString()]),
  ).toEqual([
    [0, 'Pa'],
    [2, 'ris é'],
  ])
  expect(new Set(lines.map(({ callId }) => callId)).size).toBe(1)
  const times = lines.slice(1).map(({ at }) => at as number)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
})

test('the file can be read by its owner only, also if it existed', async () => {
  const [fresh, existing] = [newFile(), newFile()]
  writeFileSync(existing, '', { mode: 0o644 })
  captureTo(fresh)
  captureTo(existing)
  expect([fresh, existing].map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600])
})

test('calls that overlap share a file and have different ids', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { it: scripted(({ text }) => json({ text })) } })
  const file = newFile()
  const endpoint = localEndpoint(runtime, 'it', { observers: [captureTo(file)] })
  await Promise.all([endpoint.invoke('"a"'), endpoint.invoke('"b"'), endpoint.invoke('"c"')])
  const all = linesOf(file)
  const callIds = new Set(all.map(({ callId }) => callId))
  expect(callIds.size).toBe(3)
  for (const id of callIds) {
    const lines = all.filter(({ callId }) => callId === id)
    expect(types(lines)).toEqual(['capture', 'request', 'response', 'part', 'end'])
    const received = Buffer.from(lines[3]!['bytes'] as string, 'base64').toString()
    expect(JSON.parse(received)).toEqual({ text: lines[1]!['body'] })
  }
})

test('a captured call can be replayed, part by part', async () => {
  await using recorded = await startLocalRuntime({
    endpoints: { it: scripted(({ text }) => stream([part(`${text} é`), part(' and more')])) },
  })
  const file = newFile()
  const endpoint = localEndpoint(recorded, 'it', { observers: [captureTo(file)] })
  const [one, other] = await Promise.all([readTexts(endpoint.invokeStream('1')), readTexts(endpoint.invokeStream('2'))])
  const capture = readFileSync(file, 'utf8')
  await using replayed = await startLocalRuntime({
    endpoints: { one: replay(capture), other: replay(capture, { call: 1, speed: Infinity }) },
  })
  const texts = [
    (await readTexts(localEndpoint(replayed, 'one').invokeStream('{}'))).texts,
    (await readTexts(localEndpoint(replayed, 'other').invokeStream('{}'))).texts,
  ]
  // The lines of the calls may come in either order.
  expect(texts).toEqual(expect.arrayContaining([one.texts, other.texts]))
})

test('a failure and a stream that is left early say how they ended', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: {
      it: scripted(() => containerError(422, { error: 'too long', error_type: 'validation' })),
      silent: scripted(() => stream([part('abc'), stall()])),
    },
  })
  const file = newFile()
  const observers = [captureTo(file)]
  await failureOf(localEndpoint(runtime, 'it', { observers }).invoke(prompt))
  for await (const _ of localEndpoint(runtime, 'silent', { observers }).invokeStream(prompt)) break
  await vi.waitFor(() => expect(linesOf(file).filter(({ type }) => type === 'error')).toHaveLength(2))
  const [failed, left] = linesOf(file).filter(({ type }) => type === 'error')
  expect(failed).toMatchObject({ code: 'invalid-request', originalStatusCode: 422, retryable: false })
  expect(failed!['originalMessage']).toContain('too long')
  expect(left).toMatchObject({ code: 'aborted' })
})

test('a body that is not text is captured in base64, too', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { it: scripted(() => json({})) } })
  const file = newFile()
  const body = Uint8Array.of(0x89, 0x50, 0xff)
  await localEndpoint(runtime, 'it', { observers: [captureTo(file)] }).invoke(body, { contentType: 'image/png' })
  expect(linesOf(file)[1]).toMatchObject({ contentType: 'image/png', bodyBase64: Buffer.from(body).toString('base64') })
})

test('no credential is captured', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { it: scripted(() => json({})) } })
  const file = newFile()
  await localEndpoint(runtime, 'it', { observers: [captureTo(file)] }).invoke(prompt)
  for (const secret of ['secret', 'AKIDEXAMPLE', 'uthorization', 'ignature'])
    expect(readFileSync(file, 'utf8')).not.toContain(secret)
})

test('a playground on loopback gets the lines in order, with the origin that its guard asks for', async () => {
  const posts: { url: string | undefined; origin: string | undefined; type: string | undefined; text: string }[] = []
  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { origin, 'content-type': type } = request.headers
    posts.push({ url: request.url, origin, type, text: Buffer.concat(chunks).toString() })
    response.writeHead(204).end()
  }
  const server = createServer((request, response) => void receive(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await using runtime = await startLocalRuntime({
    endpoints: { it: scripted(() => stream(['a', 'b', 'c'].map(part))) },
  })
  await readTexts(localEndpoint(runtime, 'it', { observers: [captureTo(`${url}/`)] }).invokeStream(prompt))
  await vi.waitFor(() => expect(posts.map(({ text }) => text).join('')).toContain('"end"'))
  expect(types(parseLines(posts.map(({ text }) => text).join('')))).toEqual([
    'capture',
    'request',
    'response',
    'part',
    'part',
    'part',
    'end',
  ])
  for (const { origin, url: path, type } of posts)
    expect([origin, path, type]).toEqual([url, '/api/captures', 'application/x-ndjson'])
  server.close()
})

test('a playground that is not there affects no call, and is one warning that says why', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await new Promise((resolve) => server.close(resolve))
  await using runtime = await startLocalRuntime({ endpoints: { it: scripted(() => json({})) } })
  const endpoint = localEndpoint(runtime, 'it', { observers: [captureTo(url)] })
  for (let calls = 0; calls < 3; calls++) expect((await endpoint.invoke(prompt)).metadata.statusCode).toBe(200)
  await vi.waitFor(() => expect(warnings).toHaveLength(1))
  expect(warnings[0]).toMatchObject({ name: 'SagemakerCaptureWarning' })
  expect(warnings[0]!.message).toContain(`captureTo cannot write to ${url}/api/captures: `)
  expect(warnings[0]!.message).toContain('ECONNREFUSED')
  expect(warnings[0]!.message).not.toContain('Hauptstadt')
})

test.each([
  'https://127.0.0.1:5173',
  'http://example.com',
  'http://127.0.0.1.example.com',
  'http://10.0.0.1',
  'http://[::2]',
])('prompts are not sent to %s', (target) => {
  expect(() => captureTo(target)).toThrow(expect.objectContaining({ code: 'invalid-request' }))
  expect(() => captureTo(new URL(target))).toThrow(/only to http: URLs on loopback/)
})

test('a file that cannot be written is refused at once, with its reason', () => {
  const file = path.join(folder, 'missing', 'capture.jsonl')
  expect(() => captureTo(file)).toThrow(expect.objectContaining({ code: 'invalid-request' }))
  expect(() => captureTo(file)).toThrow(/cannot write to .*ENOENT/)
})
