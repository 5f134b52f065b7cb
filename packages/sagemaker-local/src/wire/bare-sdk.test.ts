import {
  InvokeEndpointCommand,
  InvokeEndpointWithResponseStreamCommand,
  ModelStreamError,
} from '@aws-sdk/client-sagemaker-runtime'
import { describe, expect, test } from 'vitest'
import {
  damagedPart,
  disconnect,
  end,
  errorFrame,
  event,
  exception,
  modelStreamError,
  reset,
  resetConnection,
  scripted,
  silence,
  stall,
  startLocalRuntime,
  wire,
} from '../index.ts'
import { readParts, sdkClient } from '../test-support/sdk-client.ts'
import { invokeError, streamWithSdk } from '../test-support/sdk-outcome.ts'

/*
 * What the AWS SDK does with each thing that a server can do, with no code of ours between the two. Much of it is not what an
 * application would want; it is the baseline for the endpoint package, and shows that this runtime can produce each case.
 */

/** Long enough to tell "never" from "a little late" on a busy machine, short enough to wait for. */
const patienceMs = 400

describe('a stream that ends as it should', () => {
  test('no event at all is an empty stream', async () => {
    expect(await streamWithSdk([])).toMatchObject({ parts: [], error: undefined, hits: 1 })
  })

  test('an unknown event is skipped without a trace', async () => {
    expect(await streamWithSdk(['a', event('SomeNewEvent', '{}', 'application/json'), 'b'])).toMatchObject({
      parts: ['a', 'b'],
      error: undefined,
      hits: 1,
    })
  })
})

describe('exceptions', () => {
  test('as the first event it rejects send(), without status and request id, and is not retried', async () => {
    const outcome = await streamWithSdk([modelStreamError('ModelInvocationTimeExceeded'), end()])
    expect(outcome).toMatchObject({ failedIn: 'send', hits: 1 })
    expect(outcome.error).toBeInstanceOf(ModelStreamError)
    expect(outcome.error).toMatchObject({ ErrorCode: 'ModelInvocationTimeExceeded' })
    expect(outcome.error?.$metadata).toEqual({ attempts: 1, totalRetryDelay: 0 })
  })

  test('after two parts it is thrown after both, without metadata', async () => {
    const outcome = await streamWithSdk(['a', 'b', modelStreamError()])
    expect(outcome).toMatchObject({ parts: ['a', 'b'], failedIn: 'iteration', hits: 1 })
    expect(outcome.error).toBeInstanceOf(ModelStreamError)
    expect(outcome.error?.$metadata).toBeUndefined()
  })

  test('when the server leaves the stream open, the socket leaks', async () => {
    expect(await streamWithSdk(['a', modelStreamError(), stall()])).toMatchObject({
      error: { name: 'ModelStreamError' },
      socketsInUse: 1,
    })
  })

  test('an unknown exception is a plain Error with its name and its raw JSON as message', async () => {
    expect(await streamWithSdk(['a', exception('SomeNewException', { Message: 'new' })])).toMatchObject({
      parts: ['a'],
      error: { name: 'SomeNewException', message: '{"Message":"new"}' },
    })
  })

  test('an error frame is a plain Error with its code and message', async () => {
    expect(await streamWithSdk(['a', errorFrame('InternalError', 'it broke')])).toMatchObject({
      parts: ['a'],
      error: { name: 'InternalError', message: 'it broke' },
    })
  })
})

describe('connections that break', () => {
  test.each([
    ['reset', reset],
    ['disconnect', disconnect],
  ])('%s in the middle is ECONNRESET after the parts, not retried', async (_, ending) => {
    expect(await streamWithSdk(['a', 'b', ending()])).toMatchObject({
      parts: ['a', 'b'],
      error: { name: 'Error', message: 'aborted', code: 'ECONNRESET' },
      hits: 1,
      socketsInUse: 0,
    })
  })

  test('a reset between headers and the first event is retried three times', async () => {
    expect(await streamWithSdk([reset()])).toMatchObject({
      failedIn: 'send',
      error: { code: 'ECONNRESET', $metadata: { attempts: 3 } },
      hits: 3,
    })
  })

  test('if only the first one breaks, the retry goes unnoticed', async () => {
    let calls = 0
    expect(await streamWithSdk(scripted(() => (calls++ === 0 ? [reset()] : ['a'])))).toMatchObject({
      parts: ['a'],
      error: undefined,
      hits: 2,
    })
  })

  test('a reset before the headers is retried three times', async () => {
    expect(await streamWithSdk(() => resetConnection())).toMatchObject({
      failedIn: 'send',
      error: { message: expect.stringContaining('ECONNRESET') },
      hits: 3,
    })
  })

  test('half a frame and a clean end is a plain Error', async () => {
    expect(await streamWithSdk(['a', damagedPart('truncated'), end()])).toMatchObject({
      parts: ['a'],
      error: { name: 'Error', message: 'Truncated event message received.' },
    })
  })
})

describe('damaged frames', () => {
  test.each([
    ['message-checksum', /^The message checksum \(\d+\) did not match/],
    ['prelude-checksum', /^The prelude checksum specified/],
    ['no-message-type', /^Cannot destructure property/],
    ['zero-length', /bounds/],
  ] as const)('%s is a plain Error, and the socket leaks', async (damage, message) => {
    const outcome = await streamWithSdk(['a', damagedPart(damage), stall()])
    expect(outcome).toMatchObject({ parts: ['a'], error: { message: expect.stringMatching(message) }, socketsInUse: 1 })
  })

  test.each([
    ['an oversized length prefix', damagedPart('oversized-length')],
    ['HTML in the middle', wire('<html><body>502 Bad Gateway</body></html>')],
  ])('%s makes it wait endlessly', async (_, step) => {
    await using runtime = await startLocalRuntime({ endpoints: { e: scripted(() => ['a', step, stall()]) } })
    const { Body } = await sdkClient(runtime).send(
      new InvokeEndpointWithResponseStreamCommand({ EndpointName: 'e', Body: '{}' }),
    )
    const iterator = Body![Symbol.asyncIterator]()
    await iterator.next()
    expect(await settlesWithin(iterator.next(), patienceMs)).toBe(false)
  })
})

describe('silence', () => {
  test('after two parts: the iteration waits endlessly', async () => {
    await using runtime = await startLocalRuntime({ endpoints: { e: scripted(() => ['a', 'b', stall()]) } })
    const { Body } = await sdkClient(runtime).send(
      new InvokeEndpointWithResponseStreamCommand({ EndpointName: 'e', Body: '{}' }),
    )
    const reading = readParts(Body)
    expect(await settlesWithin(reading, patienceMs)).toBe(false)
    expect(runtime.activeRequests).toBe(1)
  })

  test.each([
    ['after the headers', () => [stall()]],
    ['before the headers', () => silence()],
  ])('%s: send() waits endlessly', async (_, script) => {
    await using runtime = await startLocalRuntime({ endpoints: { e: scripted(script) } })
    const sending = sdkClient(runtime).send(
      new InvokeEndpointWithResponseStreamCommand({ EndpointName: 'e', Body: '{}' }),
    )
    expect(await settlesWithin(sending, patienceMs)).toBe(false)
    expect(runtime.requests).toHaveLength(1)
  })
})

describe('leaving a stream early', () => {
  test('break leaves the socket open; an aborted signal closes it, and says ECONNRESET', async () => {
    await using runtime = await startLocalRuntime({ endpoints: { e: scripted(() => ['a', 'b', stall()]) } })
    const caller = new AbortController()
    const { Body } = await sdkClient(runtime).send(
      new InvokeEndpointWithResponseStreamCommand({ EndpointName: 'e', Body: '{}' }),
      { abortSignal: caller.signal },
    )
    for await (const _ of Body ?? []) break
    await new Promise((resolve) => setTimeout(resolve, patienceMs))
    expect(runtime.openSockets).toBe(1)
    expect(runtime.requests[0]?.outcome).toBe('pending')

    caller.abort(new Error('my reason'))
    await runtime.waitForOpenSockets(0)
    const { error } = await readParts(Body)
    expect(error).toMatchObject({ name: 'Error', code: 'ECONNRESET' })
  })

  test('before the headers an abort is an AbortError', async () => {
    await using runtime = await startLocalRuntime({ endpoints: { e: scripted(() => silence()) } })
    const sending = sdkClient(runtime).send(new InvokeEndpointCommand({ EndpointName: 'e', Body: '{}' }), {
      abortSignal: AbortSignal.timeout(50),
    })
    await expect(sending).rejects.toMatchObject({ name: 'AbortError' })
    await runtime.waitForOpenSockets(0)
  })
})

test('no server at all is retried three times', async () => {
  const runtime = await startLocalRuntime({ endpoints: {} })
  await runtime.close()
  expect(await invokeError(runtime, {}, 3)).toMatchObject({ code: 'ECONNREFUSED', $metadata: { attempts: 3 } })
})

async function settlesWithin(promise: Promise<unknown>, timeoutMs: number): Promise<boolean> {
  const settled = promise.then(
    () => true,
    () => true,
  )
  return Promise.race([settled, new Promise<boolean>((resolve) => setTimeout(() => resolve(false), timeoutMs))])
}
