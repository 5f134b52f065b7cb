import {
  InvokeEndpointAsyncCommand,
  InvokeEndpointCommand,
  InvokeEndpointWithResponseStreamCommand,
  SageMakerRuntimeClient,
} from '@aws-sdk/client-sagemaker-runtime'
import { describe, expect, test, vi } from 'vitest'
import {
  demoLanguageModel,
  part,
  resetConnection,
  scripted,
  silence,
  stall,
  startLocalRuntime,
  stream,
  type EndpointOptions,
  type LocalEndpoint,
  type LocalRuntimeOptions,
  type ReceivedRequest,
} from '../index.ts'
import { readParts } from '../test-support/sdk-client.ts'

const threeParts = scripted(() => stream(['a', 'b', 'c']))
const body = { EndpointName: 'e', ContentType: 'application/json', Body: '{"inputs":"The sea"}' }

async function start(e: LocalEndpoint | EndpointOptions, options: Partial<LocalRuntimeOptions> = {}) {
  const answered: ReceivedRequest[] = []
  const runtime = await startLocalRuntime({
    endpoints: { e },
    onAnswered: (request) => answered.push(request),
    ...options,
  })
  const client = new SageMakerRuntimeClient({ ...runtime.connection, maxAttempts: 1 })
  const answers = async (count: number): Promise<ReceivedRequest[]> => {
    await vi.waitFor(() => expect(answered).toHaveLength(count))
    return answered
  }
  return { runtime, client, answers, [Symbol.asyncDispose]: () => runtime.close() }
}

async function streamed(client: SageMakerRuntimeClient): Promise<void> {
  const { Body } = await client.send(new InvokeEndpointWithResponseStreamCommand(body))
  await readParts(Body)
}

describe('a request says what was answered', () => {
  test('a stream: its status, parts and duration', async () => {
    await using local = await start(threeParts)
    await streamed(local.client)
    const [request] = await local.answers(1)
    expect(request).toMatchObject({ status: 200, parts: 3, outcome: 'finished', fault: undefined })
    expect(request?.durationMs).toBeGreaterThanOrEqual(0)
    expect(local.runtime.requests[0]).toBe(request)
  })

  test('a whole body is one part, an error none', async () => {
    await using local = await start({ model: demoLanguageModel(), faults: { refusal: 'throttling', firstRequests: 1 } })
    await expect(local.client.send(new InvokeEndpointCommand(body))).rejects.toThrow('Rate exceeded')
    await local.client.send(new InvokeEndpointCommand(body))
    expect(await local.answers(2)).toMatchObject([
      { status: 400, parts: 0, outcome: 'finished', fault: 'throttling' },
      { status: 200, parts: 1, outcome: 'finished', fault: undefined },
    ])
  })

  test.each([
    [
      { ending: 'reset', afterParts: 2 },
      { status: 200, parts: 2, fault: 'reset', outcome: 'aborted' },
    ],
    [{ parts: 'joined' }, { status: 200, parts: 1, fault: 'parts', outcome: 'finished' }],
    [{ delayMs: 1 }, { status: 200, parts: 3, fault: 'delay', outcome: 'finished' }],
  ] as const)('the fault %j', async (faults, expected) => {
    await using local = await start({ model: threeParts, faults })
    await streamed(local.client).catch(() => {})
    expect(await local.answers(1)).toMatchObject([expected])
  })

  test('nothing but a reset', async () => {
    await using local = await start(scripted(() => resetConnection()))
    await expect(streamed(local.client)).rejects.toThrow('ECONNRESET')
    expect(await local.answers(1)).toMatchObject([{ status: undefined, parts: 0, outcome: 'aborted' }])
  })

  test('a caller that leaves, before and after the headers', async () => {
    await using local = await start(scripted(({ index }) => (index === 0 ? silence() : stream(['a', stall()]))))
    const first = new AbortController()
    const left = local.client.send(new InvokeEndpointWithResponseStreamCommand(body), { abortSignal: first.signal })
    await vi.waitFor(() => expect(local.runtime.requests).toHaveLength(1))
    expect(local.runtime.requests[0]).toMatchObject({ outcome: 'pending', status: undefined, durationMs: undefined })
    first.abort()
    await expect(left).rejects.toThrow('aborted')
    const second = new AbortController()
    const { Body } = await local.client.send(new InvokeEndpointWithResponseStreamCommand(body), {
      abortSignal: second.signal,
    })
    await expect(async () => {
      for await (const _ of Body ?? []) second.abort()
    }).rejects.toThrow('aborted')
    expect(await local.answers(2)).toMatchObject([
      { status: undefined, parts: 0, outcome: 'aborted' },
      { status: 200, parts: 1, outcome: 'aborted' },
    ])
  })

  test('an asynchronous call, a path of no operation, a body that is too large', async () => {
    await using local = await start(
      scripted(() => stream([part('a')])),
      { limits: { maxBodyBytes: 30 } },
    )
    await local.client.send(new InvokeEndpointAsyncCommand(body))
    await fetch(`${local.runtime.url}/nowhere?x=1`)
    await fetch(`${local.runtime.url}/endpoints/e/invocations`, { method: 'POST', body: '1'.repeat(31) })
    const answered = await local.answers(3)
    expect(answered).toMatchObject([
      { operation: 'async', status: 202 },
      { operation: undefined, path: '/nowhere?x=1', status: 404 },
      { operation: 'invoke', status: 413, text: '' },
    ])
    expect(local.runtime.requests).toHaveLength(2)
  })

  test('an observer that throws changes nothing', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    try {
      await using local = await start(threeParts, {
        onAnswered() {
          throw new Error('broken')
        },
      })
      await streamed(local.client)
      await vi.waitFor(() => expect(warn).toHaveBeenCalledWith('onAnswered threw Error: broken', 'LocalRuntimeWarning'))
      await streamed(local.client)
    } finally {
      warn.mockRestore()
    }
  })
})

describe('connection', () => {
  test('is all that a client needs', async () => {
    await using local = await start(threeParts, { region: 'eu-central-1' })
    expect(local.runtime.connection).toEqual({
      endpoint: local.runtime.url,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    })
    await streamed(local.client)
  })

  test('has the credentials that are required', async () => {
    const requireSignature = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' }
    await using local = await start(threeParts, { requireSignature })
    await streamed(local.client)
    expect(await local.answers(1)).toMatchObject([{ status: 200 }])
  })
})
