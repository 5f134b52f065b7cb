import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { InvokeEndpointWithResponseStreamCommand, SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime'
import { lastValueFrom, take, toArray } from 'rxjs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { lines } from '@x/stream-core'
import { EventStreamEncoder, LineDecoder } from '@x/stream-core/decoders'
import type { ResponseStream } from '@x/stream-core/response-stream'
import { payloadParts } from './payload-parts.ts'
import type { PayloadPartEvent } from './wire/payload-events.ts'

const encoder = new EventStreamEncoder()
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

function frame(headers: Readonly<Record<string, string>>, payload: string): Uint8Array {
  const entries = Object.entries(headers).map(([name, value]) => [name, { type: 'string', value }] as const)
  return encoder.encode({ headers: Object.fromEntries(entries), payload: bytes(payload) })
}

const partFrame = (text: string): Uint8Array =>
  frame({ ':message-type': 'event', ':event-type': 'PayloadPart', ':content-type': 'application/octet-stream' }, text)

const errorFrame = (name: string, error: object): Uint8Array =>
  frame(
    { ':message-type': 'exception', ':exception-type': name, ':content-type': 'application/json' },
    JSON.stringify(error),
  )

describe('payloadParts', () => {
  const part = (content: string): PayloadPartEvent => ({ PayloadPart: { Bytes: bytes(content) } })

  async function text(stream: AsyncIterable<Uint8Array>): Promise<string> {
    let all = ''
    for await (const chunk of stream) all += new TextDecoder().decode(chunk)
    return all
  }

  async function* body(...events: PayloadPartEvent[]): AsyncGenerator<PayloadPartEvent> {
    yield* events
  }

  test('gives the bytes and skips parts without bytes and unknown events', async () => {
    const events = [part('ab'), {}, { PayloadPart: {} }, { PayloadPart: { Bytes: new Uint8Array() } }, part('c')]
    expect(await text(payloadParts(body(...events)))).toBe('abc')
  })

  test.each([
    ['ModelStreamError', 'model-error'],
    ['InternalStreamFailure', 'service-unavailable'],
  ])('a yielded %s is the error, after the bytes', async (name, code) => {
    const failure = Object.assign(new Error('model died'), { name })
    const seen: string[] = []
    const run = (async () => {
      for await (const chunk of payloadParts(body(part('ab'), { [name]: failure }, part('c')))) {
        seen.push(new TextDecoder().decode(chunk))
      }
    })()
    await expect(run).rejects.toMatchObject({ name: 'SagemakerError', code, partial: { bytesReceived: 2 } })
    expect(seen).toEqual(['ab'])
  })

  test('fails when the answer has no body, and on a second run of one body', async () => {
    await expect(text(payloadParts(undefined))).rejects.toThrow('invalid-request: the output has no Body.')
    const stream = payloadParts(body(part('a')))
    await text(stream)
    await expect(text(stream)).rejects.toMatchObject({ code: 'invalid-request' })
  })

  test('from a factory aborts the call when it is left, and can be run again', async () => {
    let left: AbortSignal | undefined
    const stream = payloadParts(async (signal) => {
      left = signal
      return body(part('a'), part('b'))
    })
    for await (const chunk of stream) {
      expect(chunk).toEqual(bytes('a'))
      break
    }
    expect(left?.reason).toMatchObject({ name: 'AbortError' })
    expect(await text(stream)).toBe('ab')
  })

  test('an abort and a factory that fails are SagemakerErrors', async () => {
    const reason = new Error('enough')
    const aborted = payloadParts(body(part('a')), { signal: AbortSignal.abort(reason) })
    await expect(text(aborted)).rejects.toMatchObject({ name: 'AbortError', code: 'aborted', cause: reason })
    const refused = payloadParts(() => Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })))
    await expect(text(refused)).rejects.toMatchObject({ code: 'connection', retryable: true })
  })
})

describe('payloadParts of a response of the AWS SDK', () => {
  let server: Server
  let client: SageMakerRuntimeClient
  let respond: (response: ServerResponse) => void
  let closed: Promise<unknown>

  beforeEach(async () => {
    server = createServer((request, response) => {
      request.resume()
      closed = once(response, 'close')
      response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' })
      respond(response)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    client = new SageMakerRuntimeClient({
      region: 'us-east-1',
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    })
  })

  afterEach(() => {
    client.destroy()
    server.closeAllConnections()
    server.close()
  })

  const invoke = (): ResponseStream<Uint8Array> => {
    const command = new InvokeEndpointWithResponseStreamCommand({ EndpointName: 'my-llama', Body: bytes('{}') })
    return payloadParts(async (signal) => (await client.send(command, { abortSignal: signal })).Body)
  }

  test('gives the lines of an answer whose parts are cut anywhere', async () => {
    respond = (response) => {
      for (const text of ['fir', 'st\nsec', 'ond\nlast']) response.write(partFrame(text))
      response.end()
    }
    expect(await lastValueFrom(invoke().pipe(lines(), toArray()))).toEqual(['first', 'second', 'last'])
  })

  test('takes the Body itself', async () => {
    respond = (response) => response.end(partFrame('one\ntwo'))
    const command = new InvokeEndpointWithResponseStreamCommand({ EndpointName: 'my-llama', Body: bytes('{}') })
    const { Body } = await client.send(command)
    expect(await lastValueFrom(payloadParts(Body).pipe(lines(), toArray()))).toEqual(['one', 'two'])
  })

  test('gives the parts before an exception frame, then the error of a broken stream', async () => {
    respond = (response) => {
      response.write(partFrame('one\n'))
      response.end(errorFrame('ModelStreamError', { Message: 'gone', ErrorCode: 'StreamBroken' }))
    }
    const seen: string[] = []
    const run = invoke()
      .pipe(lines())
      .forEach((line) => seen.push(line))
    await expect(run).rejects.toMatchObject({ name: 'SagemakerError', code: 'stream-interrupted' })
    expect(seen).toEqual(['one'])
  })

  test('closes the connection when a loop over a stalled answer is left', async () => {
    respond = (response) => response.write(partFrame('one\n'))
    for await (const line of invoke().pipeDecoder(() => new LineDecoder())) {
      expect(line).toBe('one')
      break
    }
    await closed
  })

  test('closes the connection when a stalled answer is unsubscribed from', async () => {
    respond = (response) => response.write(partFrame('one\n'))
    expect(await lastValueFrom(invoke().pipe(lines(), take(1)))).toBe('one')
    await closed
    const subscription = invoke().subscribe()
    await once(server, 'request')
    subscription.unsubscribe()
    await closed
  })
})
