import { once } from 'node:events'
import { request as httpRequest, Agent, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { data, done, says } from '../test-support/agent-fixture.ts'
import { startGateway } from '../test-support/gateway-fixture.ts'

const model = says(data({ content: 'é日😀' }), data({ content: ' end' }), data({}, 'stop'), done)
const body = JSON.stringify({ model: 'llama', messages: [{ role: 'user', content: 'Hi' }], stream: true })

test('streams are chunks of HTTP/1.1, one after the other on the same socket', async () => {
  await using fixture = await startGateway({ llama: model })
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  onTestFinished(() => agent.destroy())
  const ports = new Set<number | undefined>()
  for (let call = 0; call < 3; call++) {
    const outgoing = httpRequest(`${fixture.baseURL}/chat/completions`, {
      method: 'POST',
      agent,
      headers: { 'content-type': 'application/json' },
    }).end(body)
    // oxlint-disable-next-line no-await-in-loop -- one after the other, on one socket
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage]
    ports.add(outgoing.socket?.localPort)
    expect(incoming.headers['transfer-encoding']).toBe('chunked')
    // oxlint-disable-next-line no-await-in-loop -- see above
    const received = await text(incoming)
    expect(received).toContain('"content":"é日😀"')
    expect(received.endsWith('data: [DONE]\n\n')).toBe(true)
    expect(incoming.complete).toBe(true)
  }
  expect(ports.size).toBe(1)
})

test('a client of HTTP/1.0 gets the events without chunks', async () => {
  await using fixture = await startGateway({ llama: model })
  const socket = connect(fixture.server.port, '127.0.0.1')
  const head = ['POST /v1/chat/completions HTTP/1.0', 'Host: localhost', 'Content-Type: application/json']
  socket.write(`${head.join('\r\n')}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  const [headers = '', ...events] = (await text(socket)).split('\r\n\r\n')
  expect(headers).not.toMatch(/transfer-encoding/i)
  expect(events).toEqual([expect.stringMatching(/^data: .*é日😀.*data: \[DONE\]\n\n$/s)])
})
