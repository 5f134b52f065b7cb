import { InvokeEndpointCommand, InvokeEndpointWithResponseStreamCommand } from '@aws-sdk/client-sagemaker-runtime'
import { describe, expect, test, vi } from 'vitest'
import {
  demoLanguageModel,
  endingNames,
  modelStreamError,
  parts,
  refusalNames,
  scripted,
  startLocalRuntime,
  type EndingName,
  type Faults,
  type RefusalName,
} from '../index.ts'
import { createFaultInjector } from './fault-injector.ts'
import { readParts, sdkClient } from '../test-support/sdk-client.ts'
import { invokeError, type SdkError } from '../test-support/sdk-outcome.ts'

// A busy machine is not a failure.
vi.setConfig({ testTimeout: 60_000 })

const letters = scripted(() => ['a', 'b', 'c', 'd'])
const request = { EndpointName: 'e', Body: '{}', ContentType: 'application/json' }

async function streamed(faults: Faults, model = letters): Promise<{ parts: string[]; error?: unknown }> {
  await using runtime = await startLocalRuntime({ endpoints: { e: { model, faults } } })
  try {
    const { Body } = await sdkClient(runtime).send(new InvokeEndpointWithResponseStreamCommand(request))
    return await readParts(Body)
  } catch (error) {
    return { parts: [], error }
  }
}

describe('refusals', () => {
  const expected: Record<Exclude<RefusalName, 'silence'>, object> = {
    throttling: { name: 'ThrottlingException', message: 'Rate exceeded', $metadata: { httpStatusCode: 400 } },
    'too-many-requests': { $metadata: { httpStatusCode: 429 } },
    'model-not-ready': { name: 'ModelNotReadyException', $metadata: { httpStatusCode: 429 } },
    'no-capacity': {
      name: 'ValidationError',
      message: expect.stringContaining('Inference Component has no capacity to process this request.'),
      $metadata: { httpStatusCode: 400 },
    },
    'service-unavailable': { name: 'ServiceUnavailable', $metadata: { httpStatusCode: 503 } },
    'internal-failure': { name: 'InternalFailure', $metadata: { httpStatusCode: 500 } },
    'dependency-failure': { name: 'InternalDependencyException', $metadata: { httpStatusCode: 530 } },
    'access-denied': { name: 'AccessDeniedException', $metadata: { httpStatusCode: 403 } },
    'expired-token': { name: 'ExpiredTokenException', $metadata: { httpStatusCode: 403 } },
    'model-error': { name: 'ModelError', OriginalStatusCode: 500 },
    'model-overloaded': { name: 'ModelError', OriginalStatusCode: 503 },
    'model-timeout': {
      name: 'ModelError',
      OriginalStatusCode: 0,
      message: expect.stringMatching(
        /^Received server error \(0\) from model with message "Your invocation timed out while waiting for a response from container model\./,
      ),
    },
    'html-502': { name: 'SyntaxError', $metadata: { httpStatusCode: 502 } },
    'empty-503': { message: 'UnknownError', $metadata: { httpStatusCode: 503 } },
    reset: { message: expect.stringContaining('ECONNRESET') },
  }

  test('all have a test', () => {
    expect([...Object.keys(expected), 'silence'].sort()).toEqual([...refusalNames].sort())
  })

  test.each(Object.entries(expected))('%s', async (refusal, error) => {
    const faults = { refusal: refusal as RefusalName }
    await using runtime = await startLocalRuntime({ endpoints: { e: { model: letters, faults } } })
    expect(await invokeError(runtime)).toMatchObject(error)
    expect((await streamed(faults)).error).toMatchObject(error)
  })

  test('Retry-After is sent', async () => {
    const faults: Faults = { refusal: 'too-many-requests', retryAfterSeconds: 7 }
    await using runtime = await startLocalRuntime({ endpoints: { e: { model: letters, faults } } })
    const response = await fetch(`${runtime.url}/endpoints/e/invocations`, { method: 'POST' })
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7'])
  })

  test('silence lasts until the caller gives up', async () => {
    await using runtime = await startLocalRuntime({
      endpoints: { e: { model: letters, faults: { refusal: 'silence' } } },
    })
    const calling = sdkClient(runtime).send(new InvokeEndpointCommand(request), {
      abortSignal: AbortSignal.timeout(100),
    })
    await expect(calling).rejects.toMatchObject({ name: 'AbortError' })
    await runtime.waitForOpenSockets(0)
  })
})

describe('endings', () => {
  const broken = { name: 'Error', code: 'ECONNRESET' }
  const expected: Record<
    Exclude<EndingName, 'stall' | 'oversized-length' | 'unknown-event' | 'early-end' | 'in-band-error' | 'html'>,
    object
  > = {
    reset: broken,
    disconnect: broken,
    'disconnect-in-frame': broken,
    'truncated-frame': { message: 'Truncated event message received.' },
    'message-checksum': { message: expect.stringContaining('message checksum') },
    'prelude-checksum': { message: expect.stringContaining('prelude checksum') },
    'zero-length': { message: expect.stringContaining('bounds') },
    'no-message-type': { message: expect.stringContaining('destructure') },
    'model-stream-error': { name: 'ModelStreamError', ErrorCode: 'StreamBroken' },
    'model-timeout': { name: 'ModelStreamError', ErrorCode: 'ModelInvocationTimeExceeded' },
    'internal-stream-failure': { name: 'InternalStreamFailure' },
    'unknown-exception': { name: 'SomeNewException' },
    'error-frame': { name: 'InternalError', message: 'An internal error occurred.' },
  }

  test.each(Object.entries(expected))('%s', async (ending, error) => {
    expect(await streamed({ ending: ending as EndingName, afterParts: 3 })).toMatchObject({
      parts: ['a', 'b', 'c'],
      error,
    })
  })

  test('early-end is a clean end that comes too early', async () => {
    expect(await streamed({ ending: 'early-end' })).toEqual({ parts: ['a', 'b'] })
  })

  test('unknown-event interrupts and goes on', async () => {
    expect(await streamed({ ending: 'unknown-event' })).toEqual({ parts: ['a', 'b', 'c', 'd'] })
  })

  test('in-band-error is the container’s own error in the body', async () => {
    const { parts, error } = await streamed({ ending: 'in-band-error' })
    expect(error).toBeUndefined()
    expect(parts.slice(0, 2)).toEqual(['a', 'b'])
    expect(parts[2]).toMatch(/^data: \{"error":"Request failed during generation: .*","error_type":"generation"\}\n\n$/)
  })

  test('an ending after more parts than there are comes at the end', async () => {
    expect(await streamed({ ending: 'model-stream-error', afterParts: 99 })).toMatchObject({
      parts: ['a', 'b', 'c', 'd'],
      error: { name: 'ModelStreamError' },
    })
  })

  test.each(['stall', 'oversized-length', 'html'] satisfies EndingName[])(
    '%s: what came before it arrives',
    async (ending) => {
      await using runtime = await startLocalRuntime({
        endpoints: { e: { model: letters, faults: { ending, afterParts: 1 } } },
      })
      const { Body } = await sdkClient(runtime).send(new InvokeEndpointWithResponseStreamCommand(request))
      const reading = readParts(Body)
      await runtime.close()
      expect((await reading).parts).toEqual(['a'])
    },
  )

  test('after no part, a stall is headers and then silence', async () => {
    await using runtime = await startLocalRuntime({
      endpoints: { e: { model: letters, faults: { ending: 'stall', afterParts: 0 } } },
    })
    const response = await fetch(`${runtime.url}/endpoints/e/invocations-response-stream`, { method: 'POST' })
    expect(response.status).toBe(200)
    await response.body?.cancel()
    // Not the open sockets: the `fetch` of Node.js 22 opens an idle one in place of one that it has closed.
    // https://github.com/nodejs/undici/issues/5845
    await runtime.idle()
    expect(runtime.requests[0]?.outcome).toBe('aborted')
  })

  test('InvokeEndpoint breaks off, too', async () => {
    const error = async (ending: EndingName): Promise<SdkError> => {
      await using runtime = await startLocalRuntime({ endpoints: { e: { model: letters, faults: { ending } } } })
      return await invokeError(runtime)
    }
    expect(await error('reset')).toMatchObject({ message: expect.stringContaining('ECONNRESET') })
    expect(await error('internal-stream-failure')).toMatchObject({ name: 'InternalStreamFailure' })
  })

  test('every name is in the list', () => {
    const others = ['stall', 'oversized-length', 'unknown-event', 'early-end', 'in-band-error', 'html']
    expect([...Object.keys(expected), ...others].sort()).toEqual([...endingNames].sort())
  })
})

describe('parts', () => {
  const greeting = 'grüße, 世界 👋'
  const whole = scripted(() => parts(greeting, { size: 4 }))
  const bytesOfParts = async (faults: Faults): Promise<Uint8Array[]> => {
    await using runtime = await startLocalRuntime({ endpoints: { e: { model: whole, faults } } })
    const { Body } = await sdkClient(runtime).send(new InvokeEndpointWithResponseStreamCommand(request))
    const received: Uint8Array[] = []
    for await (const { PayloadPart } of Body ?? []) received.push(PayloadPart?.Bytes ?? new Uint8Array())
    expect(Buffer.concat(received).toString()).toBe(greeting)
    return received
  }

  test('one byte each', async () => {
    expect(new Set((await bytesOfParts({ parts: 1 })).map(({ length }) => length))).toEqual(new Set([1]))
  })

  test('of one size, across the parts of the model', async () => {
    expect((await bytesOfParts({ parts: 7 })).map(({ length }) => length)).toEqual([7, 7, 6])
    expect((await bytesOfParts({ parts: 7, delayMs: 1 })).map(({ length }) => length)).toEqual([7, 7, 6])
  })

  test('what did not fill a part is sent before the answer breaks off', async () => {
    const broken = scripted(() => ['ab', 'cde', modelStreamError()])
    expect(await streamed({ parts: 4 }, broken)).toMatchObject({
      parts: ['abcd', 'e'],
      error: { name: 'ModelStreamError' },
    })
  })

  test('all in one', async () => {
    expect(await bytesOfParts({ parts: 'joined' })).toHaveLength(1)
  })

  test('random sizes depend only on the seed', async () => {
    const lengths = async (seed: number) => (await bytesOfParts({ parts: 'random', seed })).map(({ length }) => length)
    const [first, again, other] = await Promise.all([lengths(1), lengths(1), lengths(4)])
    expect(again).toEqual(first)
    expect(other).not.toEqual(first)
  })

  test('every character of several bytes is cut', async () => {
    const received = await bytesOfParts({ parts: 'inside-characters' })
    const decoder = new TextDecoder('utf-8', { fatal: true })
    expect(received.length).toBeGreaterThanOrEqual(5)
    for (const bytes of received) expect(() => decoder.decode(bytes)).toThrow('not valid for encoding')
  })

  test('a demo model streams through them unchanged', async () => {
    const body = JSON.stringify({ inputs: 'The sea', parameters: { max_new_tokens: 20 }, stream: true })
    const text = async (faults?: Faults) => {
      await using runtime = await startLocalRuntime({ endpoints: { e: { model: demoLanguageModel(), faults } } })
      const { Body } = await sdkClient(runtime).send(
        new InvokeEndpointWithResponseStreamCommand({ ...request, Body: body }),
      )
      return (await readParts(Body)).parts.join('')
    }
    expect(await text({ parts: 'random', jitterMs: 1 })).toBe(await text())
  })
})

describe('which requests', () => {
  const call =
    (faults: Faults) =>
    async (calls: number): Promise<boolean[]> => {
      await using runtime = await startLocalRuntime({ endpoints: { e: { model: letters, faults } } })
      const client = sdkClient(runtime)
      const results: boolean[] = []
      for (let index = 0; index < calls; index++) {
        results.push(
          await client.send(new InvokeEndpointCommand(request)).then(
            () => true,
            () => false,
          ),
        )
      }
      return results
    }

  test('the first ones, as in a cold start', async () => {
    expect(await call({ refusal: 'model-not-ready', firstRequests: 2 })(4)).toEqual([false, false, true, true])
  })

  test('those in the first time', () => {
    let now = 5000
    const faultsOf = createFaultInjector({ refusal: 'model-not-ready', firstMs: 300 }, () => now)
    now += 299
    expect(faultsOf(0)?.faults.refusal).toBe('model-not-ready')
    now++
    expect(faultsOf(1)).toBeUndefined()
  })

  test('a share of them, the same ones for a seed', async () => {
    const flaky = call({ refusal: 'throttling', probability: 0.5, seed: 5 })
    const [first, again] = await Promise.all([flaky(30), flaky(30)])
    expect(again).toEqual(first)
    const failures = first.filter((worked) => !worked).length
    expect(failures).toBeGreaterThan(5)
    expect(failures).toBeLessThan(25)
  })

  test('the one that asks for it in its custom attributes', async () => {
    await using runtime = await startLocalRuntime({ endpoints: { e: letters } })
    const client = sdkClient(runtime)
    const attributes = 'accept_eula=true,local-faults=ending:model-stream-error+afterParts:1'
    const faulty = await client.send(
      new InvokeEndpointWithResponseStreamCommand({ ...request, CustomAttributes: attributes }),
    )
    const healthy = await client.send(new InvokeEndpointWithResponseStreamCommand(request))
    expect(await readParts(faulty.Body)).toMatchObject({ parts: ['a'], error: { name: 'ModelStreamError' } })
    expect(await readParts(healthy.Body)).toEqual({ parts: ['a', 'b', 'c', 'd'] })
  })

  test('a request for unknown faults is refused', async () => {
    await using runtime = await startLocalRuntime({ endpoints: { e: letters } })
    expect(await invokeError(runtime, { CustomAttributes: 'local-faults=ending:softly' })).toMatchObject({
      name: 'ValidationError',
      message: expect.stringMatching(/^ending: "softly" is none of stall, reset/),
    })
  })
})

test('delays add up', async () => {
  const started = performance.now()
  await streamed({ headersDelayMs: 60, delayMs: 30 })
  expect(performance.now() - started).toBeGreaterThan(60 + 4 * 30 - 10)
})
