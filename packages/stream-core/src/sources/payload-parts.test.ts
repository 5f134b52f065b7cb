import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  InvokeEndpointWithResponseStreamCommand,
  ModelStreamError,
  SageMakerRuntimeClient,
} from '@aws-sdk/client-sagemaker-runtime'
import { lastValueFrom, take, toArray } from 'rxjs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ProbeSource } from '../../test-support/probe-source.ts'
import { watchUnhandledRejections } from '../../test-support/watch-unhandled-rejections.ts'
import { EventStreamEncoder } from '../decoders/event-stream/event-stream-encoder.ts'
import { LineDecoder } from '../decoders/line-decoder.ts'
import { lines } from '../operators/lines.ts'
import type { ResponseStream } from '../response-stream/response-stream.ts'
import { type PayloadPartEvent, payloadParts } from './payload-parts.ts'

watchUnhandledRejections()

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

  test.each(['ModelStreamError', 'InternalStreamFailure'])(
    'a yielded %s is the error, after the bytes',
    async (name) => {
      const failure = Object.assign(new Error('model died'), { name })
      const seen: string[] = []
      const run = (async () => {
        for await (const chunk of payloadParts(body(part('ab'), { [name]: failure }, part('c')))) {
          seen.push(new TextDecoder().decode(chunk))
        }
      })()
      await expect(run).rejects.toBe(failure)
      expect(seen).toEqual(['ab'])
    },
  )

  test('fails when the answer has no body, and on a second run of one body', async () => {
    await expect(text(payloadParts(undefined))).rejects.toThrow('The answer has no Body.')
    const stream = payloadParts(body(part('a')))
    await text(stream)
    await expect(text(stream)).rejects.toThrow(TypeError)
  })

  test('from a factory aborts the call when it is left, and can be run again', async () => {
    const source = new ProbeSource([part('a'), part('b')])
    const stream = payloadParts(async (signal) => source.open(signal))
    for await (const chunk of stream) {
      expect(chunk).toEqual(bytes('a'))
      break
    }
    expect(source.abortReason).toMatchObject({ name: 'AbortError' })
    expect(await text(stream)).toBe('ab')
  })
})

describe('payloadParts of an answer of the AWS SDK', () => {
  let server: Server
  let client: SageMakerRuntimeClient
  let answer: (response: ServerResponse) => void
  let closed: Promise<unknown>

  beforeEach(async () => {
    server = createServer((request, response) => {
      request.resume()
      closed = once(response, 'close')
      response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' })
      answer(response)
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
    answer = (response) => {
      for (const text of ['fir', 'st\nsec', 'ond\nlast']) response.write(partFrame(text))
      response.end()
    }
    expect(await lastValueFrom(invoke().pipe(lines(), toArray()))).toEqual(['first', 'second', 'last'])
  })

  test('takes the Body itself', async () => {
    answer = (response) => response.end(partFrame('one\ntwo'))
    const command = new InvokeEndpointWithResponseStreamCommand({ EndpointName: 'my-llama', Body: bytes('{}') })
    const { Body } = await client.send(command)
    expect(await lastValueFrom(payloadParts(Body).pipe(lines(), toArray()))).toEqual(['one', 'two'])
  })

  test('gives the parts before an exception frame, then the exception of the SDK', async () => {
    answer = (response) => {
      response.write(partFrame('one\n'))
      response.end(errorFrame('ModelStreamError', { Message: 'gone', ErrorCode: 'StreamBroken' }))
    }
    const seen: string[] = []
    const run = invoke()
      .pipe(lines())
      .forEach((line) => seen.push(line))
    await expect(run).rejects.toThrow(ModelStreamError)
    expect(seen).toEqual(['one'])
  })

  test('closes the connection when a loop over a stalled answer is left', async () => {
    answer = (response) => response.write(partFrame('one\n'))
    for await (const line of invoke().pipeDecoder(() => new LineDecoder())) {
      expect(line).toBe('one')
      break
    }
    await closed
  })

  test('closes the connection when a stalled answer is unsubscribed from', async () => {
    answer = (response) => response.write(partFrame('one\n'))
    expect(await lastValueFrom(invoke().pipe(lines(), take(1)))).toBe('one')
    await closed
    const subscription = invoke().subscribe()
    await once(server, 'request')
    subscription.unsubscribe()
    await closed
  })
})
