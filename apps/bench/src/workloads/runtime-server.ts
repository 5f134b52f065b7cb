import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { payloadPartFrame } from './payload-part-frame.ts'
import { chatChunk, chatEnd, encode, tgiEvent, tgiLastEvent } from './model-output.ts'

/**
 * A SageMaker Runtime that does as little as can be, run as a separate process so that its work is not measured.
 * `InvokeEndpoint` is answered with a fixed body; a stream by its endpoint's name, `<events>-<milliseconds between them>`: the
 * tokens of a TGI container, one event per part. `waiting` sends one event at once and no other. A name that begins with `chat-` gives
 * the chunks of a chat completion: in frames, or on the OpenAI-compatible path as they are.
 */
const whole = Buffer.from(JSON.stringify([{ generated_text: 'x'.repeat(1000) }]))

/** What a stream is made of: an event for each token, and what comes last. */
interface Answer {
  readonly event: Uint8Array
  readonly many: Uint8Array
  readonly last: (events: number) => Uint8Array
}

const eventsPerWrite = 256
const frame = payloadPartFrame(encode([tgiEvent(' token', 10)]))
const chunk = encode([chatChunk(' token')])
const chunkFrame = payloadPartFrame(chunk)
const end = encode([chatEnd()])

const tokens = answer(frame, (events) =>
  payloadPartFrame(encode([tgiLastEvent(' token', events - 1, ' token'.repeat(events))])),
)
const framedChunks = answer(chunkFrame, () => Buffer.concat([chunkFrame, payloadPartFrame(end)]))
const chunks = answer(chunk, () => Buffer.concat([chunk, end]))

function answer(event: Uint8Array, last: Answer['last']): Answer {
  return { event, last, many: Buffer.concat(Array.from({ length: eventsPerWrite }, () => event)) }
}

const server = createServer((request, response) => {
  request.resume()
  request.once('end', () => {
    const [, , name = '', operation] = (request.url ?? '').split('/')
    if (operation === 'invocations') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': whole.length })
      response.end(whole)
      return
    }
    const isFramed = operation !== 'openai'
    response.writeHead(200, {
      'content-type': isFramed ? 'application/vnd.amazon.eventstream' : 'text/event-stream',
      ...(isFramed ? { 'x-amzn-sagemaker-content-type': 'text/event-stream' } : {}),
    })
    const isChat = name.startsWith('chat-')
    const [events = 0, everyMs = 0] = name.replace('chat-', '').split('-').map(Number)
    const answered = isChat ? (isFramed ? framedChunks : chunks) : tokens
    if (name === 'waiting') response.write(frame)
    else if (everyMs > 0) sendSlowly(response, answered, events, everyMs)
    else sendAll(response, answered, events)
  })
})

function sendSlowly(response: ServerResponse, { event, last }: Answer, events: number, everyMs: number): void {
  let sent = 0
  const timer = setInterval(() => {
    if (++sent < events) {
      response.write(event)
      return
    }
    clearInterval(timer)
    response.end(last(events))
  }, everyMs)
}

function sendAll(response: ServerResponse, { event, many, last }: Answer, events: number): void {
  let left = events - 1
  const send = (): void => {
    while (left > 0) {
      const now = Math.min(left, eventsPerWrite)
      left -= now
      if (!response.write(now === eventsPerWrite ? many : many.subarray(0, now * event.length))) {
        response.once('drain', send)
        return
      }
    }
    response.end(last(events))
  }
  send()
}

server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
process.once('disconnect', () => process.exit())
