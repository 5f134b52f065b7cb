import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import {
  InvokeEndpointCommand,
  InvokeEndpointWithResponseStreamCommand,
  ModelError,
  type ResponseStream,
} from '@aws-sdk/client-sagemaker-runtime'
import { beforeAll, expect, test, vi } from 'vitest'
import { openaiProxy, startLocalRuntime, type LocalRuntime, type OpenAIProxyOptions } from '../index.ts'
import { callEndpoint, callRefused, callStreamed } from '../test-support/call-endpoint.ts'
import { foreignApiKey, startForeignServer, type ForeignServer } from '../test-support/foreign-server.ts'
import { readParts, sdkClient } from '../test-support/sdk-client.ts'

// A busy machine is not a failure.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const content = 'Rayleigh scattering: blue light – grüße – is scattered most. 🌊'
const toolCall = { id: 'call_1', name: 'get_weather', arguments: '{"city":"Köln"}' }
const rateLimit = { message: 'Rate limit reached', type: 'requests', param: null, code: 'rate_limit_exceeded' }

const fixtures = [
  { match: { userMessage: 'sky' }, response: { content } },
  { match: { userMessage: 'weather' }, response: { toolCalls: [toolCall] } },
  { match: { userMessage: 'limit' }, response: { error: rateLimit, status: 429 } },
  { match: { userMessage: 'break' }, response: { content }, latency: 50, truncateAfterChunks: 3 },
  // Its first event comes at once, the next one later than any test lasts.
  { match: { userMessage: 'stall' }, response: { content }, streamingProfile: { ttft: 0, tps: 0.001 } },
  { match: { userMessage: 'silence' }, response: { content }, chaos: { latencyMs: 30_000 } },
  { match: { inputText: 'no JSON' }, response: { embedding: [1] }, chaos: { malformedRate: 1 } },
]

const chat = (text: string) => ({ messages: [{ role: 'user', content: text }] })

/** What differs from answer to answer. */
const withoutIdentity = (answer: string): string =>
  answer.replaceAll(/"id":"chatcmpl-[^"]+"/g, '"id":""').replaceAll(/"created":\d+/g, '"created":0')

let server: ForeignServer

beforeAll(async () => {
  server = await startForeignServer(fixtures)
  return server.kill
})

function startProxy(origin: string, options: Partial<OpenAIProxyOptions> = {}): Promise<LocalRuntime> {
  return startLocalRuntime({
    endpoints: { e: openaiProxy({ url: `${origin}/v1`, apiKey: foreignApiKey, ...options }) },
  })
}

/** Opens a stream through the bare SDK and waits for its first part. */
async function openStream(runtime: LocalRuntime, body: object, abortSignal?: AbortSignal) {
  const command = new InvokeEndpointWithResponseStreamCommand({
    EndpointName: 'e',
    Body: JSON.stringify({ ...body, stream: true }),
  })
  const { Body } = await sdkClient(runtime).send(command, abortSignal === undefined ? {} : { abortSignal })
  const iterator = Body?.[Symbol.asyncIterator]() as AsyncIterator<ResponseStream>
  const first = await iterator.next()
  return {
    first: new TextDecoder().decode((first.value as ResponseStream).PayloadPart?.Bytes),
    rest: () => readParts({ [Symbol.asyncIterator]: () => iterator }),
  }
}

test('a chat comes back as the server wrote it, from the model it lists first', async () => {
  await using runtime = await startProxy(server.origin)
  const { data } = (await (await server.ask('/v1/models')).json()) as { data: readonly { id: string }[] }
  const model = data[0]?.id
  const command = new InvokeEndpointCommand({ EndpointName: 'e', Body: JSON.stringify(chat('Why is the sky blue?')) })
  const { Body, ContentType } = await sdkClient(runtime).send(command)
  const direct = await server.ask('/v1/chat/completions', { ...chat('Why is the sky blue?'), model })
  const expected = await direct.text()
  expect(expected).toContain(content)
  expect(withoutIdentity(Body.transformToString())).toBe(withoutIdentity(expected))
  expect(ContentType).toBe(direct.headers.get('content-type'))
})

test('a streamed chat, too, byte for byte', async () => {
  await using runtime = await startProxy(server.origin)
  const body = { ...chat('Why is the sky blue?'), model: 'small', stream_options: { include_usage: true } }
  const { contentType, parts } = await callStreamed(runtime, 'e', body)
  const direct = await server.ask('/v1/chat/completions', { ...body, stream: true })
  const expected = await direct.text()
  expect(expected).toMatch(/"usage":.*\n\ndata: \[DONE\]\n\n$/)
  expect(withoutIdentity(parts.join(''))).toBe(withoutIdentity(expected))
  expect(contentType).toBe(direct.headers.get('content-type'))
})

test('a tool call comes back, whole and streamed', async () => {
  await using runtime = await startProxy(server.origin)
  const tools = [{ type: 'function', function: { name: 'get_weather', parameters: { type: 'object' } } }]
  const body = { ...chat('How is the weather?'), model: 'small', tools }
  const { id, ...called } = toolCall
  expect(await callEndpoint(runtime, 'e', body)).toMatchObject({
    choices: [{ message: { tool_calls: [{ id, type: 'function', function: called }] }, finish_reason: 'tool_calls' }],
  })
  const { parts } = await callStreamed(runtime, 'e', body)
  const direct = await server.ask('/v1/chat/completions', { ...body, stream: true })
  const expected = await direct.text()
  expect(expected).toContain('"tool_calls":[{"index":0,"id":"call_1"')
  expect(withoutIdentity(parts.join(''))).toBe(withoutIdentity(expected))
})

test('an event is there before the server sends the next one', async () => {
  await using runtime = await startProxy(server.origin)
  const caller = new AbortController()
  const { first } = await openStream(runtime, chat('stall'), caller.signal)
  expect(first).toMatch(/^data: \{.*"delta":\{"role":"assistant","content":""\}.*\}\n\n$/)
  caller.abort()
})

test('`input` is embedded as the server does it, `inputs` is answered with its vectors in order', async () => {
  await using runtime = await startProxy(server.origin)
  await using single = await startProxy(server.origin, { task: 'embedding' })
  const input = ['The sea', 'Bread']
  const direct = await (await server.ask('/v1/embeddings', { input, model: 'small' })).json()
  expect(await callEndpoint(runtime, 'e', { input, model: 'small' })).toEqual(direct)
  const vectors = (direct as { data: readonly { embedding: readonly number[] }[] }).data.map((item) => item.embedding)
  expect(vectors[0]).not.toEqual(vectors[1])
  expect(await callEndpoint(runtime, 'e', { inputs: input })).toEqual(vectors)
  expect(await callEndpoint(single, 'e', { inputs: 'Bread' })).toEqual([vectors[1]])
})

test('its refusals are a ModelError with its status and body, also of a stream', async () => {
  await using runtime = await startProxy(server.origin)
  await using stranger = await startProxy(server.origin, { apiKey: 'wrong' })
  expect(await callRefused(runtime, 'e', chat('limit'))).toEqual([429, { error: rateLimit }])
  expect(await callRefused(stranger, 'e', chat('sky'))).toMatchObject([401, { error: { code: 'invalid_api_key' } }])
  // This server has no route for completions.
  expect(await callRefused(runtime, 'e', { inputs: 'The sea' })).toMatchObject([404, { error: { type: 'not_found' } }])
  const refused = openStream(runtime, chat('limit'))
  await expect(refused).rejects.toBeInstanceOf(ModelError)
  await expect(refused).rejects.toMatchObject({
    OriginalStatusCode: 429,
    OriginalMessage: JSON.stringify({ error: rateLimit }),
  })
})

test('an answer that is no JSON is passed on, and cannot be translated', async () => {
  await using runtime = await startProxy(server.origin)
  const command = new InvokeEndpointCommand({ EndpointName: 'e', Body: '{"input":"no JSON"}' })
  const { Body } = await sdkClient(runtime).send(command)
  expect(Body.transformToString()).toBe(await (await server.ask('/v1/embeddings', { input: 'no JSON' })).text())
  const [status, message] = await callRefused(runtime, 'e', { inputs: ['no JSON'] })
  expect([status, message]).toEqual([502, expect.stringMatching(/^The model server sent no JSON: /)])
})

test('a stream that it breaks off is a broken stream after the parts before', async () => {
  await using runtime = await startProxy(server.origin)
  const { first, rest } = await openStream(runtime, chat('break'))
  expect(first).toMatch(/^data: /)
  const { parts, error } = await rest()
  expect(error).toMatchObject({ name: 'ModelStreamError', ErrorCode: 'StreamBroken' })
  expect(parts.join('')).not.toContain('[DONE]')
})

test('a caller that leaves closes the connection to it', async () => {
  // The server does not tell of clients that leave, so its connections are watched from here.
  let connections = 0
  const relay = createServer((client) => {
    connections++
    const upstream = connect(Number(new URL(server.origin).port), '127.0.0.1')
    client.on('close', () => {
      connections--
      upstream.destroy()
    })
    client.on('error', () => {})
    upstream.on('error', () => client.destroy())
    client.pipe(upstream).pipe(client)
  })
  relay.listen(0, '127.0.0.1')
  await once(relay, 'listening')
  try {
    const { port } = relay.address() as AddressInfo
    await using runtime = await startProxy(`http://127.0.0.1:${port}`, { model: 'small' })
    const caller = new AbortController()
    await openStream(runtime, chat('stall'), caller.signal)
    expect(connections).toBe(1)
    caller.abort()
    await expect.poll(() => connections, { timeout: 30_000 }).toBe(0)
  } finally {
    relay.close()
  }
})

test('killed while it streams: a broken stream; asked afterwards: status 503', async () => {
  await using mortal = await startForeignServer(fixtures)
  await using runtime = await startProxy(mortal.origin)
  const { rest } = await openStream(runtime, chat('stall'))
  await mortal.kill()
  expect(await rest()).toMatchObject({
    parts: [],
    error: { name: 'ModelStreamError', ErrorCode: 'StreamBroken' },
  })
  const [status, message] = await callRefused(runtime, 'e', chat('sky'))
  expect([status, message]).toEqual([
    503,
    `The model server at ${mortal.origin} does not answer: connect ECONNREFUSED ${new URL(mortal.origin).host}`,
  ])
})

test('killed before it answers: status 503', async () => {
  await using mortal = await startForeignServer(fixtures)
  await using runtime = await startProxy(mortal.origin)
  const refused = callRefused(runtime, 'e', chat('silence'))
  await mortal.logged(/matched: .*silence/)
  await mortal.kill()
  const [status, message] = await refused
  expect([status, message]).toEqual([503, expect.stringContaining(`${mortal.origin} does not answer: `)])
})
