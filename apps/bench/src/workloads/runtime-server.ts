import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { EventStreamEncoder } from '@x/stream-core/decoders'

/**
 * A SageMaker Runtime that does as little as can be, run as a process of its own so that its work is not measured.
 * `InvokeEndpoint` is answered with a fixed body; a stream by its endpoint's name, `<events>-<milliseconds between them>`.
 */
const payload = new TextEncoder().encode(
  `data: {"token":{"id":11,"text":" token","logprob":-0.5}}\n\n${' '.repeat(40)}`,
)
const frame = new EventStreamEncoder().encode({
  headers: {
    ':event-type': { type: 'string', value: 'PayloadPart' },
    ':content-type': { type: 'string', value: 'application/octet-stream' },
    ':message-type': { type: 'string', value: 'event' },
  },
  payload,
})
const whole = Buffer.from(JSON.stringify({ generated_text: 'x'.repeat(1000) }))

const server = createServer((request, response) => {
  request.resume()
  request.once('end', () => {
    const [, , name = '', operation] = (request.url ?? '').split('/')
    if (operation === 'invocations') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': whole.length })
      response.end(whole)
      return
    }
    const [events = 0, everyMs = 0] = name.split('-').map(Number)
    response.writeHead(200, {
      'content-type': 'application/vnd.amazon.eventstream',
      'x-amzn-sagemaker-content-type': 'text/event-stream',
    })
    if (everyMs > 0) sendSlowly(response, events, everyMs)
    else sendAll(response, events)
  })
})

function sendSlowly(response: ServerResponse, events: number, everyMs: number): void {
  let sent = 0
  const timer = setInterval(() => {
    response.write(frame)
    if (++sent < events) return
    clearInterval(timer)
    response.end()
  }, everyMs)
}

const framesPerWrite = 320
const many = Buffer.concat(Array.from({ length: framesPerWrite }, () => frame))

function sendAll(response: ServerResponse, events: number): void {
  let left = events
  const send = (): void => {
    while (left > 0) {
      const now = Math.min(left, framesPerWrite)
      left -= now
      if (!response.write(now === framesPerWrite ? many : many.subarray(0, now * frame.length))) {
        response.once('drain', send)
        return
      }
    }
    response.end()
  }
  send()
}

server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.once('disconnect', () => process.exit())
