import { InvokeEndpointCommand, InvokeEndpointWithResponseStreamCommand } from '@aws-sdk/client-sagemaker-runtime'
import { expect, test } from 'vitest'
import {
  containerError,
  damagedPart,
  exception,
  json,
  part,
  parts,
  pause,
  reset,
  scripted,
  serviceError,
  stall,
  startLocalRuntime,
  stream,
  text,
} from '../index.ts'
import { readParts, sdkClient } from '../test-support/sdk-client.ts'

const endpoint = { EndpointName: 'my-endpoint', Body: '{"inputs":"hi"}', ContentType: 'application/json' }

test('InvokeEndpoint gets the whole body, its content type and the variant', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { 'my-endpoint': scripted(() => json({ ok: true })) } })
  const output = await sdkClient(runtime).send(new InvokeEndpointCommand(endpoint))
  expect(output.Body.transformToString()).toBe('{"ok":true}')
  expect(output.ContentType).toBe('application/json')
  expect(output.InvokedProductionVariant).toBe('AllTraffic')
  expect(output.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/)
  expect(runtime.requests[0]?.json()).toEqual({ inputs: 'hi' })
})

test('InvokeEndpointWithResponseStream gets exactly the parts of the script', async () => {
  const cut = parts('grüße\n', { at: [3, 5] })
  await using runtime = await startLocalRuntime({
    endpoints: {
      'my-endpoint': scripted(() => stream([part('data: a'), pause(1), '\n\n', ...cut], { contentType: 'text/x' })),
    },
  })
  const output = await sdkClient(runtime).send(new InvokeEndpointWithResponseStreamCommand(endpoint))
  expect(output.ContentType).toBe('text/x')
  expect(output.InvokedProductionVariant).toBe('AllTraffic')
  const bytes = []
  for await (const item of output.Body ?? []) bytes.push([...(item.PayloadPart?.Bytes ?? [])])
  expect(bytes).toEqual(
    ['data: a', '\n\n', [0x67, 0x72, 0xc3], [0xbc, 0xc3], [0x9f, 0x65, 0x0a]].map((expected) => [
      ...(typeof expected === 'string' ? new TextEncoder().encode(expected) : expected),
    ]),
  )
})

test('an unknown endpoint is a ValidationError with status 400', async () => {
  await using runtime = await startLocalRuntime({ endpoints: {} })
  const error = await sdkClient(runtime)
    .send(new InvokeEndpointCommand(endpoint))
    .catch((error: unknown) => error)
  expect(error).toMatchObject({
    name: 'ValidationError',
    message: 'Endpoint my-endpoint of account 123456789012 not found.',
    $metadata: { httpStatusCode: 400 },
  })
})

test.each([
  { operation: 'InvokeEndpoint', command: () => new InvokeEndpointCommand(endpoint) },
  {
    operation: 'InvokeEndpointWithResponseStream',
    command: () => new InvokeEndpointWithResponseStreamCommand(endpoint) as never,
  },
])('an error of the container is a ModelError with its status, body and log group: $operation', async ({ command }) => {
  const body = { error: 'temperature must be strictly positive', error_type: 'validation' }
  await using runtime = await startLocalRuntime({
    endpoints: { 'my-endpoint': scripted(() => containerError(422, body)) },
  })
  const error = await sdkClient(runtime)
    .send(command())
    .catch((error: unknown) => error)
  expect(error).toMatchObject({
    name: 'ModelError',
    OriginalStatusCode: 422,
    OriginalMessage: JSON.stringify(body),
    LogStreamArn: 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/sagemaker/Endpoints/my-endpoint',
    $metadata: { httpStatusCode: 424 },
  })
  expect((error as Error).message).toMatch(
    /^Received client error \(422\) from primary with message "\{.*\}"\. See https:\/\/us-east-1\.console\.aws\.amazon\.com\/cloudwatch\/.* in account 123456789012 for more information\.$/,
  )
})

test('a script can fail the first requests and then recover', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: {
      'my-endpoint': scripted(({ index }) => (index < 2 ? serviceError('ModelNotReadyException') : text('ready'))),
    },
  })
  const output = await sdkClient(runtime, { maxAttempts: 3 }).send(new InvokeEndpointCommand(endpoint))
  expect(output.Body.transformToString()).toBe('ready')
  expect(output.$metadata.attempts).toBe(3)
  expect(runtime.requests).toHaveLength(3)
})

test('an exception after two parts reaches the SDK after both', async () => {
  const failure = { Message: 'broken', ErrorCode: 'StreamBroken' }
  await using runtime = await startLocalRuntime({
    endpoints: { 'my-endpoint': scripted(() => ['a', 'b', exception('ModelStreamError', failure)]) },
  })
  const output = await sdkClient(runtime).send(new InvokeEndpointWithResponseStreamCommand(endpoint))
  expect(await readParts(output.Body)).toEqual({
    parts: ['a', 'b'],
    error: expect.objectContaining({ name: 'ModelStreamError', message: 'broken', ErrorCode: 'StreamBroken' }),
  })
})

test('a reset after two parts arrives after both', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { 'my-endpoint': scripted(() => ['a', 'b', reset()]) } })
  const output = await sdkClient(runtime).send(new InvokeEndpointWithResponseStreamCommand(endpoint))
  expect(await readParts(output.Body)).toEqual({
    parts: ['a', 'b'],
    error: expect.objectContaining({ code: 'ECONNRESET' }),
  })
})

test('a damaged frame is refused by the SDK', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: { 'my-endpoint': scripted(() => ['a', damagedPart('message-checksum')]) },
  })
  const output = await sdkClient(runtime).send(new InvokeEndpointWithResponseStreamCommand(endpoint))
  expect(await readParts(output.Body)).toEqual({
    parts: ['a'],
    error: expect.objectContaining({ message: expect.stringContaining('message checksum') }),
  })
})

test('a caller that goes away is noticed: the script stops, its signal aborts, the socket closes', async () => {
  let stopped = 0
  await using runtime = await startLocalRuntime({
    endpoints: {
      'my-endpoint': scripted(async function* () {
        try {
          for (;;) yield* ['tick', pause(1)]
        } finally {
          stopped++
        }
      }),
    },
  })
  const caller = new AbortController()
  const output = await sdkClient(runtime).send(new InvokeEndpointWithResponseStreamCommand(endpoint), {
    abortSignal: caller.signal,
  })
  await output.Body?.[Symbol.asyncIterator]().next()
  expect(runtime.openSockets).toBe(1)
  expect(runtime.requests[0]?.outcome).toBe('pending')
  caller.abort()
  await runtime.waitForOpenSockets(0)
  await runtime.idle()
  expect(stopped).toBe(1)
  expect(runtime.requests[0]?.outcome).toBe('aborted')
  expect(runtime.requests[0]?.signal.aborted).toBe(true)
})

test('close() ends stalled streams and frees the port', async () => {
  const runtime = await startLocalRuntime({ endpoints: { 'my-endpoint': scripted(() => ['a', stall()]) } })
  const output = await sdkClient(runtime).send(new InvokeEndpointWithResponseStreamCommand(endpoint))
  const reading = readParts(output.Body)
  await runtime.close()
  expect(await reading).toMatchObject({ parts: ['a'], error: { code: 'ECONNRESET' } })
  expect(runtime.openSockets).toBe(0)
  await using next = await startLocalRuntime({ endpoints: {}, port: runtime.port })
  expect(next.port).toBe(runtime.port)
})
