import { assert, asyncProperty, integer, uint8Array } from 'fast-check'
import { expect, test, vi } from 'vitest'
import { errorFrame, event, exception, frame, part, parts, scripted, startLocalRuntime, type Step } from '../index.ts'
import { decodeFrames } from '../test-support/decode-frames.ts'
import { readParts, sdkClient } from '../test-support/sdk-client.ts'
import { InvokeEndpointWithResponseStreamCommand } from '@aws-sdk/client-sagemaker-runtime'

// A busy machine is not a failure.
vi.setConfig({ testTimeout: 60_000 })

async function bytesOf(steps: readonly Step[]): Promise<Uint8Array> {
  await using runtime = await startLocalRuntime({ endpoints: { e: scripted(() => steps) } })
  const response = await fetch(`${runtime.url}/endpoints/e/invocations-response-stream`, { method: 'POST', body: '{}' })
  expect(response.headers.get('content-type')).toBe('application/vnd.amazon.eventstream')
  expect(response.headers.get('x-amzn-sagemaker-content-type')).toBe('text/event-stream')
  return new Uint8Array(await response.arrayBuffer())
}

test('every kind of frame is what the SDK’s codec expects, byte for byte', async () => {
  const bytes = await bytesOf([
    part('grüße'),
    exception('ModelStreamError', { Message: 'no', ErrorCode: 'StreamBroken' }),
    errorFrame('InternalError', 'it broke'),
    event('SomeNewEvent', '{}', 'application/json'),
    frame({ headers: { anything: 'at all' } }),
  ])
  expect(decodeFrames(bytes)).toEqual([
    {
      headers: {
        ':event-type': 'PayloadPart',
        ':content-type': 'application/octet-stream',
        ':message-type': 'event',
      },
      body: 'grüße',
    },
    {
      headers: {
        ':exception-type': 'ModelStreamError',
        ':content-type': 'application/json',
        ':message-type': 'exception',
      },
      body: '{"Message":"no","ErrorCode":"StreamBroken"}',
    },
    {
      headers: { ':message-type': 'error', ':error-code': 'InternalError', ':error-message': 'it broke' },
      body: '',
    },
    {
      headers: { ':event-type': 'SomeNewEvent', ':content-type': 'application/json', ':message-type': 'event' },
      body: '{}',
    },
    { headers: { anything: 'at all' }, body: '' },
  ])
})

test('a part costs 105 bytes on the wire, as SageMaker’s does', async () => {
  expect(await bytesOf([part('x'.repeat(95))])).toHaveLength(200)
})

test('parts can be cut anywhere', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: { e: scripted(({ body: [size = 1, ...bytes] }) => parts(Uint8Array.from(bytes), { size })) },
  })
  const client = sdkClient(runtime)
  await assert(
    asyncProperty(uint8Array({ maxLength: 200 }), integer({ min: 1, max: 50 }), async (bytes, size) => {
      const { Body } = await client.send(
        new InvokeEndpointWithResponseStreamCommand({ EndpointName: 'e', Body: Uint8Array.of(size, ...bytes) }),
      )
      const received: number[] = []
      for await (const { PayloadPart } of Body ?? []) {
        expect(PayloadPart?.Bytes?.length).toBeLessThanOrEqual(size)
        received.push(...(PayloadPart?.Bytes ?? []))
      }
      expect(received).toEqual([...bytes])
    }),
    { numRuns: 40 },
  )
})

test('parts cut at offsets are cut exactly there', () => {
  const texts = (steps: readonly Step[]) =>
    steps.map((step) => ('bytes' in step ? new TextDecoder().decode(step.bytes) : step))
  expect(texts(parts('abcdef', { at: [1, 4] }))).toEqual(['a', 'bcd', 'ef'])
  expect(texts(parts('abc', { at: [0, 3, 9] }))).toEqual(['abc'])
  expect(texts(parts('', { size: 2 }))).toEqual([])
})

test('a slow reader slows the script down', async () => {
  let produced = 0
  await using runtime = await startLocalRuntime({
    endpoints: {
      e: scripted(function* () {
        for (; produced < 5000; produced++) yield part(new Uint8Array(16_384))
      }),
    },
  })
  const { Body } = await sdkClient(runtime).send(
    new InvokeEndpointWithResponseStreamCommand({ EndpointName: 'e', Body: '{}' }),
  )
  await Body?.[Symbol.asyncIterator]().next()
  await new Promise((resolve) => setTimeout(resolve, 300))
  // The rest waits in the script; what has been produced fits the buffers of the sockets.
  expect(produced).toBeLessThan(2500)
  await runtime.close()
  expect(await readParts(Body)).toMatchObject({ error: { code: 'ECONNRESET' } })
})
