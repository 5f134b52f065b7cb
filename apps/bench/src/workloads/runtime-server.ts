import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { payloadPartFrame } from './payload-part-frame.ts'
import { encode, tgiEvent, tgiLastEvent } from './model-output.ts'

/**
 * A SageMaker Runtime that does as little as can be, run as a process of its own so that its work is not measured.
 * `InvokeEndpoint` is answered with a fixed body; a stream by its endpoint's name, `<events>-<milliseconds between them>`: the
 * tokens of a TGI container, one event per part. `waiting` sends one event at once and no other.
 */
const whole = Buffer.from(JSON.stringify([{ generated_text: 'x'.repeat(1000) }]))
const frame = payloadPartFrame(encode([tgiEvent(' token', 10)]))

const server = createServer((request, response) => {
  request.resume()
  request.once('end', () => {
    const [, , name = '', operation] = (request.url ?? '').split('/')
    if (operation === 'invocations') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': whole.length })
      response.end(whole)
      return
    }
    response.writeHead(200, {
      'content-type': 'application/vnd.amazon.eventstream',
      'x-amzn-sagemaker-content-type': 'text/event-stream',
    })
    const [events = 0, everyMs = 0] = name.split('-').map(Number)
    if (name === 'waiting') response.write(frame)
    else if (everyMs > 0) sendSlowly(response, events, everyMs)
    else sendAll(response, events)
  })
})

function lastFrame(events: number): Uint8Array {
  return payloadPartFrame(encode([tgiLastEvent(' token', events - 1, ' token'.repeat(events))]))
}

function sendSlowly(response: ServerResponse, events: number, everyMs: number): void {
  let sent = 0
  const timer = setInterval(() => {
    if (++sent < events) {
      response.write(frame)
      return
    }
    clearInterval(timer)
    response.end(lastFrame(events))
  }, everyMs)
}

const framesPerWrite = 256
const many = Buffer.concat(Array.from({ length: framesPerWrite }, () => frame))

function sendAll(response: ServerResponse, events: number): void {
  let left = events - 1
  const send = (): void => {
    while (left > 0) {
      const now = Math.min(left, framesPerWrite)
      left -= now
      if (!response.write(now === framesPerWrite ? many : many.subarray(0, now * frame.length))) {
        response.once('drain', send)
        return
      }
    }
    response.end(lastFrame(events))
  }
  send()
}

server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
process.once('disconnect', () => process.exit())
