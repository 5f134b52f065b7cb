import {
  json,
  type LocalRuntime,
  part,
  type ReceivedRequest,
  scripted,
  startLocalRuntime,
  stream,
} from '@x/sagemaker-local'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { startHttpServer } from '../../test-support/http-server.ts'
import { credentials, localEndpoint, readTexts } from '../../test-support/local-endpoint.ts'
import { type Operation, type RuntimeRequest, runtimeRequest } from '../../wire/runtime-request.ts'
import { BuiltClient } from './built-client.ts'
import { loadRuntimeSdk } from './load-runtime-sdk.ts'

const model = scripted((request) => (request.operation === 'stream' ? stream([part('a')]) : json({})))
const endpoints = { it: model }

/** A client, and how many of its requests the SDK has built. */
async function countingClient(runtime: LocalRuntime, clientOptions?: object) {
  const options = { endpoint: runtime.url, region: 'us-east-1', credentials, clientOptions }
  const built = new BuiltClient(await loadRuntimeSdk(), options, 1000)
  onTestFinished(() => built.destroy())
  let count = 0
  built.client.middlewareStack.add(
    (next) => (args) => {
      count++
      return next(args)
    },
    { step: 'serialize' },
  )
  const send = async (request: RuntimeRequest): Promise<void> => {
    const answer = await built.send(request, {
      signal: new AbortController().signal,
      connectMs: 1000,
      isRepeatable: true,
    })
    await new Promise<void>((resolve, reject) => {
      answer.body.open({ onChunk: () => {}, onEnd: resolve, onError: reject })
    })
  }
  return { send, count: () => count }
}

function request(body: string, options: object = {}, operation: Operation = 'invoke'): RuntimeRequest {
  return runtimeRequest(operation, { body, asyncInput: undefined }, { endpointName: 'it' }, options)
}

describe('the SDK builds', () => {
  test('the first request of a kind, and signs the others', async () => {
    await using runtime = await startLocalRuntime({ endpoints, requireSignature: credentials })
    const { send, count } = await countingClient(runtime)
    for (const body of ['1', '22', '333 🙂']) await send(request(body))
    expect(count()).toBe(1)
    for (const body of ['1', '22']) await send(request(body, { accept: 'text/plain' }))
    expect(count()).toBe(2)
    for (const body of ['1', '22']) await send(request(body, {}, 'invokeStream'))
    expect(count()).toBe(3)
    expect(runtime.requests.map(({ text }) => text)).toEqual(['1', '22', '333 🙂', '1', '22', '1', '22'])
  })

  test('requests that alternate, up to a number of kinds', async () => {
    await using runtime = await startLocalRuntime({ endpoints, requireSignature: credentials })
    const { send, count } = await countingClient(runtime)
    for (let turn = 0; turn < 2; turn++) for (const inferenceId of ['a', 'b']) await send(request('1', { inferenceId }))
    expect(count()).toBe(2)
    for (let id = 0; id < 32; id++) await send(request('1', { inferenceId: `${id}` }))
    expect(count()).toBe(34)
    await send(request('1', { inferenceId: '31' }))
    expect(count()).toBe(34)
    await send(request('1', { inferenceId: 'a' }))
    expect(count()).toBe(35)
  })

  test('each request where its options may say something else each time', async () => {
    await using runtime = await startLocalRuntime({ endpoints, requireSignature: credentials })
    const logger = { trace() {}, debug() {}, info: vi.fn<() => void>(), warn() {}, error() {} }
    const { send, count } = await countingClient(runtime, { logger })
    for (const body of ['1', '22']) await send(request(body))
    expect(count()).toBe(2)
    expect(logger.info).toHaveBeenCalledTimes(2)
  })

  test('each request on Lambda, which traces invocations', async () => {
    await using runtime = await startLocalRuntime({ endpoints, requireSignature: credentials })
    onTestFinished(() => void vi.unstubAllEnvs())
    vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'my-function')
    const endpoint = localEndpoint(runtime, 'it')
    for (const trace of ['Root=1', 'Root=2']) {
      vi.stubEnv('_X_AMZN_TRACE_ID', trace)
      await endpoint.invoke('{}')
    }
    expect(runtime.requests.map(({ headers }) => headers['x-amzn-trace-id'])).toEqual(['Root=1', 'Root=2'])
  })
})

describe('a request that is like one before', () => {
  const everything = {
    contentType: 'text/csv',
    accept: 'application/jsonlines',
    inferenceId: 'inference-1',
    sessionId: 'session-1',
    customAttributes: 'a=b',
  }
  const ofEachCall = ['authorization', 'x-amz-date', 'amz-sdk-invocation-id']

  test.each(['invoke', 'invokeStream'] as const)('has the headers that the SDK gives it (%s)', async (operation) => {
    await using runtime = await startLocalRuntime({ endpoints, requireSignature: credentials })
    const kept = await countingClient(runtime)
    await kept.send(request('{}', everything, operation))
    await kept.send(request('{"inputs":"Zoë"}', everything, operation))
    const anew = await countingClient(runtime, { extensions: [] })
    await anew.send(request('{"inputs":"Zoë"}', everything, operation))
    expect([kept.count(), anew.count()]).toEqual([1, 1])
    const [, second, third] = runtime.requests
    const ofTheKind = ({ headers }: ReceivedRequest) =>
      Object.entries(headers).filter(([name]) => !ofEachCall.includes(name))
    expect(second?.headers).toMatchObject({ 'content-length': '17', 'amz-sdk-request': 'attempt=1; max=1' })
    expect(ofTheKind(second!)).toEqual(ofTheKind(third!))
    for (const name of ofEachCall) expect(second?.headers[name]).toBeDefined()
    expect(second?.headers['amz-sdk-invocation-id']).not.toBe(runtime.requests[0]?.headers['amz-sdk-invocation-id'])
  })

  test('an empty body is sent as ever', async () => {
    await using runtime = await startLocalRuntime({ endpoints, requireSignature: credentials })
    const { send } = await countingClient(runtime)
    for (const body of ['', '1', '', '1']) await send(request(body))
    expect(runtime.requests.map(({ headers }) => headers['content-length'])).toEqual(['0', '1', '0', '1'])
  })

  test('is signed with the credentials of the moment', async () => {
    await using runtime = await startLocalRuntime({ endpoints })
    let asked = 0
    const endpoint = localEndpoint(runtime, 'it', {
      credentials: () =>
        Promise.resolve({ ...credentials, accessKeyId: `AKID${++asked}`, expiration: new Date(Date.now() + 1000) }),
    })
    for (let call = 0; call < 3; call++) await endpoint.invoke('{}')
    const keys = runtime.requests.map(({ headers }) => /Credential=(\w+)/.exec(headers.authorization ?? '')?.[1])
    expect(new Set(keys).size).toBe(3)
  })

  test('differs from others in every setting of its endpoint and its call', async () => {
    await using runtime = await startLocalRuntime({
      endpoints: { ...endpoints, other: model },
      requireSignature: credentials,
    })
    const endpoint = localEndpoint(runtime, 'it')
    for (const targetContainerHostname of [undefined, 'a', undefined, 'a']) {
      await endpoint.invoke('{}', { targetContainerHostname }).catch(() => {})
    }
    await readTexts(endpoint.invokeStream('{}'))
    expect(
      runtime.requests.map(({ headers }) => headers['x-amzn-sagemaker-target-container-hostname'] ?? 'none'),
    ).toEqual(['none', 'a', 'none', 'a', 'none'])
  })
})

describe('the clock of the server', () => {
  const aheadMs = 3_600_000

  /** How far the dates of signatures are ahead of this machine's clock, in whole hours and not in minutes. */
  function hoursAhead(dates: readonly string[]): readonly number[] {
    const toTime = (date: string): number =>
      Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
    return dates.map((date) => Math.round((toTime(date) - Date.now() + 60_000) / aheadMs))
  }

  async function startAhead(dates: string[], respond: (attempt: number) => readonly [status: number, body: string]) {
    return startHttpServer((incoming, response) => {
      dates.push(String(incoming.headers['x-amz-date']))
      const [status, body] = respond(dates.length)
      const date = new Date(Date.now() + aheadMs).toUTCString()
      response.writeHead(status, { date, 'content-type': 'application/json' }).end(body)
    })
  }

  test('is learnt from good answers', async () => {
    const dates: string[] = []
    await using server = await startAhead(dates, () => [200, '{}'])
    const endpoint = localEndpoint(server, 'it')
    for (let call = 0; call < 3; call++) await endpoint.invoke('{}')
    expect(hoursAhead(dates)).toEqual([0, 1, 1])
  })

  test('is learnt from refusals, and the next attempt succeeds', async () => {
    const dates: string[] = []
    const refusal = '{"__type":"RequestTimeTooSkewed","message":"Signature not yet current"}'
    await using server = await startAhead(dates, (attempt) => (attempt === 1 ? [403, refusal] : [200, '{}']))
    const { metadata } = await localEndpoint(server, 'it').invoke('{}')
    expect(metadata.attempts).toBe(2)
    expect(hoursAhead(dates)).toEqual([0, 1])
  })
})
