import { InvokeEndpointCommand, InvokeEndpointWithResponseStreamCommand } from '@aws-sdk/client-sagemaker-runtime'
import { describe, expect, test, vi } from 'vitest'
import { part, pause, scripted, startLocalRuntime, type ScriptedAnswer } from '../index.ts'
import { readParts, sdkClient } from '../test-support/sdk-client.ts'
import { invokeError } from '../test-support/sdk-outcome.ts'

// A busy machine is not a failure.
vi.setConfig({ testTimeout: 60_000 })

const request = { EndpointName: 'e', Body: '{}' }
const never = (): Promise<ScriptedAnswer> => new Promise(() => {})

describe('the size of a request', () => {
  test('25 MiB are accepted, one byte more is refused', async () => {
    await using runtime = await startLocalRuntime({ endpoints: { e: scripted(({ body }) => String(body.length)) } })
    const limit = 25 * 1024 * 1024
    const output = await sdkClient(runtime).send(new InvokeEndpointCommand({ ...request, Body: new Uint8Array(limit) }))
    expect(output.Body.transformToString()).toBe(String(limit))
    expect(await invokeError(runtime, { Body: new Uint8Array(limit + 1) })).toMatchObject({
      message: `HTTP content length exceeded ${limit} bytes.`,
      $metadata: { httpStatusCode: 413 },
    })
  })
})

describe('the time for an answer', () => {
  test('a container that does not answer in time is a ModelError with original status 0', async () => {
    await using runtime = await startLocalRuntime({
      endpoints: { e: scripted(never) },
      limits: { answerTimeoutMs: 50 },
    })
    expect(await invokeError(runtime)).toMatchObject({
      name: 'ModelError',
      OriginalStatusCode: 0,
      message: expect.stringContaining('with message "Your invocation timed out while waiting for a response'),
    })
    expect(runtime.requests[0]?.outcome).toBe('finished')
  })

  test('a body that does not come in time is the same', async () => {
    await using runtime = await startLocalRuntime({
      endpoints: { e: scripted(() => ['a', pause(60_000), 'b']) },
      limits: { answerTimeoutMs: 50 },
    })
    expect(await invokeError(runtime)).toMatchObject({ name: 'ModelError', OriginalStatusCode: 0 })
  })

  test('a stream that takes too long ends with ModelInvocationTimeExceeded', async () => {
    let stopped = false
    const endless = scripted(async function* () {
      try {
        for (;;) yield* [part('a'), pause(20)]
      } finally {
        stopped = true
      }
    })
    await using runtime = await startLocalRuntime({ endpoints: { e: endless }, limits: { streamTimeoutMs: 100 } })
    const { Body } = await sdkClient(runtime).send(new InvokeEndpointWithResponseStreamCommand(request))
    const { parts, error } = await readParts(Body)
    expect(parts.length).toBeGreaterThan(0)
    expect(error).toMatchObject({
      name: 'ModelStreamError',
      ErrorCode: 'ModelInvocationTimeExceeded',
      message: 'Your model primary did not complete sending the inference response in the allotted time.',
    })
    expect(stopped).toBe(true)
  })

  test('a container that has not even begun its stream in time is a ModelError', async () => {
    await using runtime = await startLocalRuntime({
      endpoints: { e: scripted(never) },
      limits: { streamTimeoutMs: 50 },
    })
    await expect(sdkClient(runtime).send(new InvokeEndpointWithResponseStreamCommand(request))).rejects.toMatchObject({
      name: 'ModelError',
      OriginalStatusCode: 0,
    })
  })
})
