import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pathToFileURL } from 'node:url'
import { EventStreamDecoder } from '@x/stream-core/decoders'
import { awsSdkClient, streamWithAwsSdk } from '../peers/aws-sdk.ts'
import { streamWithNodeHttp } from '../peers/node-http.ts'
import { portkeyFile } from '../peers/portkey.ts'
import { connection } from './connection.ts'

/**
 * A server in front of the endpoints of a runtime, as a separate process, so that its work is measured and no other:
 * `node gateway-server.ts <gateway | pipe | sdk | portkey> <url of the runtime> <endpoint>`. It sends its address, and to each message the CPU
 * time that it has used, in microseconds.
 */
const [kind = '', runtime = '', endpointName = ''] = process.argv.slice(2)

const servers: Readonly<Record<string, () => Promise<string>>> = {
  async gateway() {
    const { createGateway, serve } = await import('@x/sagemaker-gateway')
    const model = { ...connection, endpointName, endpoint: runtime, contentHandler: 'openai' }
    return (await serve(createGateway({ models: { [endpointName]: model } }), { port: 0 })).url
  },
  /** What every server in front of SageMaker does: it takes the payloads out of their frames and writes them. */
  pipe() {
    return serveAnswers(async (response) => {
      const decoder = new EventStreamDecoder()
      const incoming = await streamWithNodeHttp(runtime, endpointName)
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      incoming.on('data', (chunk: Uint8Array) => decoder.pushEach(chunk, ({ payload }) => response.write(payload)))
      incoming.once('end', () => response.end())
    })
  },
  /** The same with the AWS SDK, which signs the request. */
  sdk() {
    const client = awsSdkClient(runtime)
    return serveAnswers(async (response) => {
      const parts = await streamWithAwsSdk(client, endpointName)
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      for await (const { PayloadPart } of parts) response.write(PayloadPart?.Bytes ?? '')
      response.end()
    })
  },
  async portkey() {
    const port = await freePort()
    process.argv.push(`--port=${port}`, '--headless')
    // It clears the screen and prints a greeting.
    console.clear = () => {}
    console.log = () => {}
    process.stdout.write = () => true
    await import(pathToFileURL(portkeyFile).href)
    return `http://127.0.0.1:${port}`
  },
}

function serveAnswers(answer: (response: ServerResponse) => Promise<void>): Promise<string> {
  const server = createServer((request, response) => {
    request.resume()
    request.once('end', () => void answer(response))
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.(user + system)
})
process.once('disconnect', () => process.exit())
process.send?.(await servers[kind]?.())
