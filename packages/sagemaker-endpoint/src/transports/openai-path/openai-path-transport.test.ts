import {
  containerError,
  htmlError,
  json,
  type LocalRuntime,
  part,
  rawResponse,
  reset,
  scripted,
  serverSentEventText,
  serviceError,
  silence,
  stall,
  startLocalRuntime,
  stream,
} from '@x/sagemaker-local'
import { describe, expect, test } from 'vitest'
import type { CallOptions, SagemakerEndpointOptions } from '../../index.ts'
import { failureOf, localEndpoint, readTexts } from '../../test-support/local-endpoint.ts'

const openai = { transport: 'openai' } satisfies Partial<SagemakerEndpointOptions>

test('a whole answer comes from the OpenAI-compatible path, with a bearer token', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: { 'my-endpoint': scripted((request) => json({ got: request.json() })) },
  })
  const endpoint = localEndpoint(runtime, 'my-endpoint', openai)
  const { body, metadata } = await endpoint.invoke('{"messages":[]}')
  expect(JSON.parse(new TextDecoder().decode(body))).toEqual({ got: { messages: [] } })
  expect(metadata).toMatchObject({ statusCode: 200, contentType: 'application/json', attempts: 1 })
  const [request] = runtime.requests
  expect(request).toMatchObject({
    method: 'POST',
    path: '/endpoints/my-endpoint/openai/v1/chat/completions',
    operation: 'openai',
    contentType: 'application/json',
  })
  expect(request?.headers.authorization).toMatch(/^Bearer sagemaker-api-key-/)
  expect(endpoint.transport).toBe('openai')
})

test('a stream comes as it is, without framing', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: { it: scripted(() => serverSentEventText([{ a: 1 }, '[DONE]'])) },
  })
  const { texts } = await readTexts(localEndpoint(runtime, 'it', openai).invokeStream('{}'))
  expect(texts.join('')).toBe('data: {"a":1}\n\ndata: [DONE]\n\n')
  expect(runtime.requests[0]?.headers['accept']).toBe('text/event-stream')
})

test('an inference component is named in the path', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: { it: { model: scripted(() => json({})), inferenceComponents: ['my-component'] } },
  })
  await localEndpoint(runtime, 'it', { ...openai, inferenceComponentName: 'my-component' }).invoke('{}')
  expect(runtime.requests[0]?.path).toBe('/endpoints/it/inference-components/my-component/openai/v1/chat/completions')
})

describe('what the path does not have is refused at once', () => {
  const options: readonly CallOptions[] = [
    { targetVariant: 'x' },
    { targetModel: 'x' },
    { targetContainerHostname: 'x' },
    { sessionId: 'x' },
    { inferenceId: 'x' },
    { prefixAwareId: 'x' },
    { customAttributes: 'x' },
    { enableExplanations: 'x' },
  ]
  test.each(options)('%j', async (option) => {
    await using runtime = await startLocalRuntime({ endpoints: { it: scripted(() => json({})) } })
    const error = await failureOf(localEndpoint(runtime, 'it', openai).invoke('{}', option))
    expect(error.code).toBe('invalid-request')
    expect(error.message).toContain(Object.keys(option)[0])
    expect(runtime.requests).toHaveLength(0)
  })

  test('sessions', async () => {
    const endpoint = localEndpoint({ url: 'http://127.0.0.1:9' }, 'it', openai)
    expect((await failureOf(endpoint.startSession())).code).toBe('invalid-request')
  })
})

describe('failures have the codes that they have elsewhere', () => {
  const prompt = 'the patient is called Ada Lovelace'
  const body = JSON.stringify({ messages: [{ role: 'user', content: prompt }] })

  test.each([
    [400, { error: { message: `bad: ${prompt}`, type: 'BadRequestError', code: 400 } }, 'invalid-request', 1],
    [
      400,
      { error: { message: "This model's maximum context length is 4096 tokens.", code: 400 } },
      'context-length-exceeded',
      1,
    ],
    [
      404,
      { error: { message: 'The model `x` does not exist.', type: 'NotFoundError', code: 404 } },
      'invalid-request',
      1,
    ],
    [429, { error: { message: 'slow down', code: 429 } }, 'throttled', 3],
    [500, { error: { message: 'oh', code: 500 } }, 'model-error', 1],
    [503, { error: { message: 'oh', code: 503 } }, 'service-unavailable', 3],
  ] as const)('container %i %j', async (status, content, code, attempts) => {
    await using runtime = await startLocalRuntime({
      endpoints: { it: scripted(() => containerError(status, content)) },
    })
    const error = await failureOf(localEndpoint(runtime, 'it', openai).invoke(body))
    expect(error).toMatchObject({ code, statusCode: status, originalStatusCode: status })
    expect(error.originalMessage).toBe(JSON.stringify(content))
    expect(error.message + JSON.stringify(error)).not.toContain('Lovelace')
    expect(runtime.requests).toHaveLength(attempts)
  })

  test.each([
    ['AccessDeniedException', 'access-denied', 1],
    ['ExpiredTokenException', 'credentials', 1],
    ['ModelNotReadyException', 'model-not-ready', 3],
    ['InternalFailure', 'service-unavailable', 3],
  ] as const)('%s', async (name, code, attempts) => {
    await using runtime = await startLocalRuntime({ endpoints: { it: scripted(() => serviceError(name)) } })
    const error = await failureOf(localEndpoint(runtime, 'it', openai).invoke('{}'))
    expect(error.code).toBe(code)
    expect(error.originalStatusCode).toBeUndefined()
    expect(runtime.requests).toHaveLength(attempts)
  })

  test.each([
    [401, { message: 'not for you' }, 'access-denied', 1],
    [403, { error: { message: 'not for you', code: 403 } }, 'access-denied', 1],
    [502, { message: 'not for you' }, 'service-unavailable', 3],
    [504, { error: { message: 'not for you', code: 504 } }, 'service-unavailable', 3],
  ] as const)('of a door before the container, without a type %i %j', async (status, content, code, attempts) => {
    await using runtime = await startLocalRuntime({
      endpoints: {
        it: scripted(() => rawResponse(status, JSON.stringify(content), { 'content-type': 'application/json' })),
      },
    })
    const error = await failureOf(localEndpoint(runtime, 'it', openai).invoke('{}'))
    expect(error).toMatchObject({ code, statusCode: status })
    expect(error.originalStatusCode).toBeUndefined()
    expect(error.message).toContain('not for you')
    expect(runtime.requests).toHaveLength(attempts)
  })

  test('HTML of a proxy', async () => {
    await using runtime = await startLocalRuntime({ endpoints: { it: scripted(() => htmlError(502)) } })
    const error = await failureOf(localEndpoint(runtime, 'it', openai).invoke('{}'))
    expect(error).toMatchObject({ code: 'service-unavailable', statusCode: 502 })
    expect(error.snippet).toContain('<html>')
  })

  test('a reset before and after output', async () => {
    await using runtime = await startLocalRuntime({
      endpoints: { before: scripted(() => stream([reset()])), after: scripted(() => stream([part('abc'), reset()])) },
    })
    const before = await readTexts(localEndpoint(runtime, 'before', openai).invokeStream('{}'))
    expect(before.error).toMatchObject({ code: 'connection', attempts: { length: 3 } })
    const after = await readTexts(localEndpoint(runtime, 'after', openai).invokeStream('{}'))
    expect(after).toMatchObject({
      texts: ['abc'],
      error: { code: 'stream-interrupted', partial: { bytesReceived: 3 } },
    })
  })

  test('nobody listening', async () => {
    const runtime = await startLocalRuntime({ endpoints: {} })
    await runtime.close()
    const error = await failureOf(localEndpoint(runtime, 'it', openai).invoke('{}'))
    expect(error.code).toBe('connection')
    expect(error.message).toContain('ECONNREFUSED')
  })
})

describe('the guarantees hold here too', () => {
  /**
   * How the requests ended, once none is being answered. Not the number of open sockets: the `fetch` of Node.js 22 opens
   * an idle one in place of one that it has closed. https://github.com/nodejs/undici/issues/5845
   */
  async function outcomes(runtime: LocalRuntime): Promise<readonly string[]> {
    await runtime.idle()
    return runtime.requests.map(({ outcome }) => outcome)
  }

  test('a stream that is left closes its socket', async () => {
    await using runtime = await startLocalRuntime({ endpoints: { it: scripted(() => stream([part('a'), stall()])) } })
    const endpoint = localEndpoint(runtime, 'it', openai)
    for await (const _ of endpoint.invokeStream('{}')) break
    expect(await outcomes(runtime)).toEqual(['aborted'])
    const controller = new AbortController()
    const reading = (async () => {
      for await (const _ of endpoint.invokeStream('{}', { signal: controller.signal })) controller.abort('left')
    })()
    expect(await failureOf(reading)).toMatchObject({ code: 'aborted', cause: 'left' })
    expect(await outcomes(runtime)).toEqual(['aborted', 'aborted'])
  })

  test('limits of time', async () => {
    await using runtime = await startLocalRuntime({
      endpoints: { silent: scripted(() => silence()), stalling: scripted(() => stream([part('a'), stall()])) },
    })
    const silent = localEndpoint(runtime, 'silent', { ...openai, timeouts: { firstByteMs: 60 } })
    expect((await failureOf(silent.invoke('{}'))).code).toBe('timeout')
    const stalling = localEndpoint(runtime, 'stalling', { ...openai, timeouts: { idleMs: 60 } })
    expect(await readTexts(stalling.invokeStream('{}'))).toMatchObject({ texts: ['a'], error: { code: 'timeout' } })
    expect(await outcomes(runtime)).toEqual(['aborted', 'aborted'])
  })
})

describe('the token', () => {
  const tokensOf = (requests: readonly { readonly headers: { readonly authorization?: string | undefined } }[]) =>
    new Set(requests.map(({ headers }) => headers.authorization))

  test('is made once for many calls', async () => {
    await using runtime = await startLocalRuntime({ endpoints: { it: scripted(() => json({})) } })
    let asked = 0
    const endpoint = localEndpoint(runtime, 'it', {
      ...openai,
      credentials: () => {
        asked++
        return Promise.resolve({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' })
      },
    })
    await Promise.all(Array.from({ length: 10 }, () => endpoint.invoke('{}')))
    await endpoint.invoke('{}')
    expect(asked).toBe(1)
    expect(tokensOf(runtime.requests).size).toBe(1)
  })

  test('is made anew after a refusal, and is in no error', async () => {
    await using runtime = await startLocalRuntime({
      endpoints: {
        it: scripted(({ headers }) =>
          serviceError('AccessDeniedException', { message: `no: ${headers.authorization}` }),
        ),
      },
    })
    let asked = 0
    const endpoint = localEndpoint(runtime, 'it', {
      ...openai,
      credentials: () => Promise.resolve({ accessKeyId: `AKIDEXAMPLE${++asked}`, secretAccessKey: 'secret' }),
    })
    const error = await failureOf(endpoint.invoke('{}'))
    await failureOf(endpoint.invoke('{}'))
    expect(tokensOf(runtime.requests).size).toBe(2)
    expect(error.message + JSON.stringify(error)).not.toMatch(/sagemaker-api-key-\w/)
  })

  test('is not made without credentials', async () => {
    const failing = new Error('Could not load credentials from any providers')
    failing.name = 'CredentialsProviderError'
    const endpoint = localEndpoint({ url: 'http://127.0.0.1:9' }, 'it', {
      ...openai,
      credentials: () => Promise.reject(failing),
    })
    expect(await failureOf(endpoint.invoke('{}'))).toMatchObject({
      code: 'credentials',
      cause: { name: failing.name, message: failing.message },
    })
  })
})
