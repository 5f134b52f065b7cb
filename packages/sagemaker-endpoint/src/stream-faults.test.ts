import { crc32 } from 'node:zlib'
import {
  damagedPart,
  disconnect,
  errorFrame,
  event,
  exception,
  frame,
  type FrameDamage,
  htmlError,
  modelStreamError,
  part,
  rawResponse,
  reset,
  resetConnection,
  scripted,
  stall,
  startLocalRuntime,
  type Step,
  stream,
  wire,
} from '@x/sagemaker-local'
import { describe, expect, test } from 'vitest'
import type { SagemakerErrorCode } from './index.ts'
import { startHttpServer } from './test-support/http-server.ts'
import { failureOf, localEndpoint, readTexts } from './test-support/local-endpoint.ts'

/** Ends a stream with a fault and keeps the socket open, as a server does that does not know of it. */
const openAfter = (step: Step): Step[] => [step, stall()]

const damages: readonly FrameDamage[] = [
  'message-checksum',
  'prelude-checksum',
  'oversized-length',
  'zero-length',
  'no-message-type',
]

/** A frame with correct checksums and a header of a type that there is not. */
function frameWithUnknownHeaderType(): Uint8Array {
  const bytes = new Uint8Array(19)
  const view = new DataView(bytes.buffer)
  const unknownType = 99
  view.setUint32(0, bytes.length)
  view.setUint32(4, 3)
  view.setUint32(8, crc32(bytes.subarray(0, 8)))
  bytes.set([1, 'a'.charCodeAt(0), unknownType], 12)
  view.setUint32(15, crc32(bytes.subarray(0, 15)))
  return bytes
}

interface Fault {
  readonly name: string
  readonly steps: readonly Step[]
  /** Code when output had arrived. */
  readonly code: SagemakerErrorCode
  /** Code when none had. */
  readonly codeBefore?: SagemakerErrorCode
  readonly retriedBefore?: boolean
}

const faults: readonly Fault[] = [
  { name: 'RST', steps: [reset()], code: 'stream-interrupted', codeBefore: 'connection', retriedBefore: true },
  { name: 'FIN', steps: [disconnect()], code: 'stream-interrupted', codeBefore: 'connection', retriedBefore: true },
  { name: 'a truncated frame', steps: [damagedPart('truncated')], code: 'stream-interrupted' },
  ...damages.map((damage): Fault => ({
    name: `a frame with ${damage}`,
    steps: openAfter(damagedPart(damage)),
    code: 'stream-corrupt',
  })),
  { name: 'HTML', steps: openAfter(wire('<html><body>502 Bad Gateway</body></html>')), code: 'stream-corrupt' },
  {
    name: 'ModelInvocationTimeExceeded',
    steps: openAfter(modelStreamError('ModelInvocationTimeExceeded')),
    code: 'timeout',
  },
  { name: 'StreamBroken', steps: openAfter(modelStreamError('StreamBroken')), code: 'stream-interrupted' },
  {
    name: 'ModelStreamError without a code',
    steps: openAfter(exception('ModelStreamError', { Message: 'x' })),
    code: 'model-error',
  },
  {
    name: 'InternalStreamFailure',
    steps: openAfter(exception('InternalStreamFailure', { Message: 'x' })),
    code: 'service-unavailable',
    retriedBefore: true,
  },
  {
    name: 'an exception in lower case',
    steps: openAfter(exception('ModelStreamError', { message: 'x' })),
    code: 'model-error',
  },
  {
    name: 'an unknown exception',
    steps: openAfter(exception('StrangeException', { Message: 'x' })),
    code: 'model-error',
  },
  {
    name: 'an exception that throttles',
    steps: openAfter(exception('ThrottlingException', { message: 'x' })),
    code: 'throttled',
    retriedBefore: true,
  },
  {
    name: 'an exception that is not JSON',
    steps: openAfter(
      frame({ headers: { ':message-type': 'exception', ':exception-type': 'ModelStreamError' }, payload: 'oh no' }),
    ),
    code: 'model-error',
  },
  {
    name: ':message-type error',
    steps: openAfter(errorFrame('InternalError', 'x')),
    code: 'service-unavailable',
    retriedBefore: true,
  },
  {
    name: 'an unknown :message-type',
    steps: openAfter(frame({ headers: { ':message-type': 'poem' } })),
    code: 'stream-corrupt',
  },
]

describe('after output had arrived', () => {
  test.each(faults)('$name is $code, with what is known, and the socket is released', async ({ steps, code }) => {
    await using runtime = await startLocalRuntime({
      endpoints: { faulty: scripted(() => stream([part('one'), part('two'), ...steps])) },
    })
    const { texts, error } = await readTexts(localEndpoint(runtime, 'faulty').invokeStream('{}'))
    expect(texts).toEqual(['one', 'two'])
    expect(error).toMatchObject({ code, endpointName: 'faulty', statusCode: 200, attempts: [{ code }] })
    expect(error?.requestId).toMatch(/^[\da-f-]{36}$/)
    expect(error?.partial).toEqual({ bytesReceived: 6 })
    expect(runtime.requests).toHaveLength(1)
    await runtime.idle()
  })
})

test.each<readonly [cause: string, code: SagemakerErrorCode, step: Step]>([
  ['bad-checksum', 'stream-corrupt', damagedPart('message-checksum')],
  ['frame-too-long', 'stream-corrupt', damagedPart('oversized-length')],
  ['invalid-frame', 'stream-corrupt', wire(frameWithUnknownHeaderType())],
  ['truncated-frame', 'stream-interrupted', damagedPart('truncated')],
])('%s is %s', async (cause, code, step) => {
  await using runtime = await startLocalRuntime({ endpoints: { faulty: scripted(() => stream([part('one'), step])) } })
  const { texts, error } = await readTexts(localEndpoint(runtime, 'faulty').invokeStream('{}'))
  expect(texts).toEqual(['one'])
  expect(error).toMatchObject({ code, cause: { name: 'StreamDecodeError', code: cause } })
})

describe('before any output', () => {
  test.each(faults)('$name', async ({ steps, code, codeBefore = code, retriedBefore = false }) => {
    await using runtime = await startLocalRuntime({ endpoints: { faulty: scripted(() => stream(steps)) } })
    const { texts, error } = await readTexts(localEndpoint(runtime, 'faulty').invokeStream('{}'))
    expect(texts).toEqual([])
    expect(error).toMatchObject({ code: codeBefore, statusCode: 200 })
    expect(error?.partial).toBeUndefined()
    expect(error?.attempts).toHaveLength(retriedBefore ? 3 : 1)
    expect(runtime.requests).toHaveLength(retriedBefore ? 3 : 1)
    await runtime.idle()
  })

  test('events of unknown kinds are passed over', async () => {
    const steps = [event('initial-response'), part('a'), event('Usage', '{"tokens":1}'), part('b')]
    await using runtime = await startLocalRuntime({ endpoints: { events: scripted(() => stream(steps)) } })
    expect(await readTexts(localEndpoint(runtime, 'events').invokeStream('{}'))).toEqual({
      texts: ['a', 'b'],
      error: undefined,
    })
  })

  test('an empty stream is an empty answer', async () => {
    await using runtime = await startLocalRuntime({ endpoints: { empty: scripted(() => stream([part('')])) } })
    expect(await readTexts(localEndpoint(runtime, 'empty').invokeStream('{}'))).toEqual({ texts: [], error: undefined })
  })
})

describe('in place of an answer', () => {
  test.each([
    [502, 'service-unavailable', 3],
    [503, 'service-unavailable', 3],
    [403, 'access-denied', 1],
    [404, 'endpoint-not-found', 1],
    [413, 'payload-too-large', 1],
  ] as const)('a page of HTML with status %i', async (status, code, attempts) => {
    await using runtime = await startLocalRuntime({ endpoints: { proxied: scripted(() => htmlError(status)) } })
    const endpoint = localEndpoint(runtime, 'proxied')
    for (const error of [
      await failureOf(endpoint.invoke('{}')),
      (await readTexts(endpoint.invokeStream('{}'))).error,
    ]) {
      expect(error).toMatchObject({ code, statusCode: status })
      expect(error?.attempts).toHaveLength(attempts)
      expect(error?.snippet).toContain(`<title>${status} Error</title>`)
      expect(error?.message).not.toContain('<')
    }
    expect(runtime.requests).toHaveLength(2 * attempts)
  })

  test('an empty 503', async () => {
    await using runtime = await startLocalRuntime({ endpoints: { empty: scripted(() => rawResponse(503)) } })
    const error = await failureOf(localEndpoint(runtime, 'empty').invoke('{}'))
    expect(error).toMatchObject({ code: 'service-unavailable', statusCode: 503, retryable: true })
  })

  test('a redirect', async () => {
    await using runtime = await startLocalRuntime({
      endpoints: { moved: scripted(() => rawResponse(302, '', { location: '/elsewhere' })) },
    })
    const error = await failureOf(localEndpoint(runtime, 'moved').invoke('{}'))
    expect(error).toMatchObject({ code: 'unexpected-response', statusCode: 302 })
  })

  test('a reset before the headers is a failed connection', async () => {
    await using runtime = await startLocalRuntime({ endpoints: { gone: scripted(() => resetConnection()) } })
    const error = await failureOf(localEndpoint(runtime, 'gone').invoke('{}'))
    expect(error).toMatchObject({ code: 'connection', retryable: true, cause: { code: 'ECONNRESET' } })
    expect(runtime.requests).toHaveLength(3)
  })

  test('nobody listening is a failed connection', async () => {
    const runtime = await startLocalRuntime({ endpoints: {} })
    await runtime.close()
    const error = await failureOf(localEndpoint(runtime, 'any').invoke('{}'))
    expect(error).toMatchObject({ code: 'connection', cause: { code: 'ECONNREFUSED' } })
    expect(error.attempts).toHaveLength(3)
  })

  test('a whole answer that breaks off is no success, and is not asked for again', async () => {
    let requests = 0
    await using server = await startHttpServer((_request, response) => {
      requests++
      response.writeHead(200, { 'content-length': '100', 'x-amzn-requestid': 'id-1' })
      response.write('{"generated_', () => response.destroy())
    })
    const error = await failureOf(localEndpoint(server, 'short').invoke('{}'))
    expect(error).toMatchObject({ code: 'stream-interrupted', statusCode: 200, requestId: 'id-1' })
    expect(error.partial).toEqual({ bytesReceived: 12 })
    expect(requests).toBe(1)
  })

  test('an endless error page ends with what fits', async () => {
    await using server = await startHttpServer((_request, response) => {
      response.writeHead(400, { 'content-type': 'text/html' })
      response.end('<p>'.repeat(200_000))
    })
    const error = await failureOf(localEndpoint(server, 'long').invoke('{}'))
    expect(error).toMatchObject({ code: 'connection', retryable: false, statusCode: 400 })
    expect(error.snippet).toHaveLength(500)
  })
})
