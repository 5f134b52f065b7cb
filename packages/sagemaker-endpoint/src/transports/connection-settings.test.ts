import { createServer as createHttpServer, type IncomingMessage, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import { HttpsProxyAgent } from 'https-proxy-agent'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SagemakerEndpoint, SagemakerEndpointOptions } from '../index.ts'
import { createAuthority, createCertificate, type KeyPair } from '../test-support/certificates.ts'
import { failureOf, localEndpoint } from '../test-support/local-endpoint.ts'
import { entry, runModule } from '../test-support/run-module.ts'

let authority: KeyPair
let client: KeyPair
/** SageMaker over TLS with a certificate of our own authority. It answers with what it knows of its caller. */
let service: Server
let serviceUrl: string
/** A forward proxy. It counts its tunnels, and wants a password if its URL has one. */
let proxy: Server
let proxyUrl: string
const tunnels: string[] = []

beforeAll(async () => {
  authority = await createAuthority()
  client = await createCertificate(authority, 'the-client')
  const identity = await createCertificate(authority, 'localhost')
  service = createHttpsServer({ ...identity, ca: authority.cert, requestCert: true, rejectUnauthorized: false }, answer)
  serviceUrl = `https://localhost:${await listen(service)}`
  proxy = createHttpServer((_, response) => void response.writeHead(500).end())
  proxy.on('connect', tunnel)
  proxyUrl = `http://127.0.0.1:${await listen(proxy)}`
})

afterAll(() => {
  for (const server of [service, proxy]) {
    server.closeAllConnections()
    server.close()
  }
})

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return (server.address() as AddressInfo).port
}

function answer(request: IncomingMessage, response: { end(body: string): void }): void {
  request.resume()
  const socket = request.socket as TLSSocket
  const peer = socket.getPeerCertificate() as { readonly subject?: { readonly CN?: string } }
  response.end(JSON.stringify({ peer: peer.subject?.CN, address: socket.remoteAddress }))
}

function tunnel(request: IncomingMessage, socket: Duplex, head: Buffer): void {
  socket.on('error', () => {})
  if (request.headers['proxy-authorization'] === `Basic ${Buffer.from('someone:wrong').toString('base64')}`) {
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\ncontent-length: 0\r\n\r\n')
    return
  }
  tunnels.push(request.url ?? '')
  const upstream = connect(Number(new URL(`http://${request.url}`).port), '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    upstream.write(head)
    upstream.pipe(socket).pipe(upstream)
  })
  upstream.on('error', () => socket.destroy())
}

describe.each<NonNullable<SagemakerEndpointOptions['transport']>>(['invoke', 'openai'])('transport %s', (transport) => {
  function endpointWith(httpsAgent: object, options: Partial<SagemakerEndpointOptions> = {}): SagemakerEndpoint {
    const retry = { maxAttempts: 1 }
    const clientOptions = { requestHandler: { httpsAgent } }
    return localEndpoint({ url: serviceUrl }, 'it', { transport, clientOptions, retry, ...options })
  }

  async function callerOf(endpoint: SagemakerEndpoint): Promise<unknown> {
    const { body } = await endpoint.invoke('{}')
    return JSON.parse(new TextDecoder().decode(body))
  }

  test('trusts an authority that is passed, and no other', async () => {
    expect(await callerOf(endpointWith({ ca: authority.cert }))).toEqual({ address: '127.0.0.1' })
    expect(await failureOf(endpointWith({}).invoke('{}'))).toMatchObject({ code: 'connection', retryable: false })
  })

  test('shows a client certificate', async () => {
    expect(await callerOf(endpointWith({ ca: authority.cert, ...client }))).toMatchObject({ peer: 'the-client' })
  })

  test.runIf(process.platform === 'linux')('connects from a local address', async () => {
    const agent = { ca: authority.cert, localAddress: '127.0.0.9' }
    expect(await callerOf(endpointWith(agent))).toMatchObject({ address: '127.0.0.9' })
  })

  test('goes through the agent of a proxy library', async () => {
    const before = tunnels.length
    const agent = new HttpsProxyAgent(proxyUrl)
    agent.options = { ...agent.options, ca: authority.cert }
    expect(await callerOf(endpointWith(agent))).toEqual({ address: '127.0.0.1' })
    expect(tunnels.slice(before)).toEqual([new URL(serviceUrl).host])
    agent.destroy()
  })

  test('goes through a proxy of the environment when an agent asks for it, except where NO_PROXY says so', async () => {
    const before = tunnels.length
    const proxyEnv = { HTTPS_PROXY: proxyUrl }
    expect(await callerOf(endpointWith({ ca: authority.cert, proxyEnv }))).toEqual({ address: '127.0.0.1' })
    expect(tunnels.slice(before)).toEqual([new URL(serviceUrl).host])
    await callerOf(endpointWith({ ca: authority.cert, proxyEnv: { ...proxyEnv, NO_PROXY: 'localhost' } }))
    expect(tunnels).toHaveLength(before + 1)
  })

  test('is refused by a proxy without blame on the request', async () => {
    const url = proxyUrl.replace('//', '//someone:wrong@')
    const error = await failureOf(endpointWith({ ca: authority.cert, proxyEnv: { HTTPS_PROXY: url } }).invoke('{}'))
    expect(error).toMatchObject({ code: 'connection' })
    expect(`${error.message}${JSON.stringify(error)}`).not.toContain('wrong')
    const agent = new HttpsProxyAgent(url)
    expect(await failureOf(endpointWith(agent).invoke('{}'))).toMatchObject({ code: 'connection', statusCode: 407 })
    agent.destroy()
  })

  test('takes proxy and authority from the environment of the process', async () => {
    const certificates = path.join(await mkdtemp(path.join(tmpdir(), 'authority-')), 'authority.pem')
    await writeFile(certificates, authority.cert)
    const before = tunnels.length
    const environment = {
      ...process.env,
      NODE_EXTRA_CA_CERTS: certificates,
      NODE_USE_ENV_PROXY: '1',
      HTTPS_PROXY: proxyUrl,
      NO_PROXY: '',
    }
    const caller = await runModule(
      `
      const { SagemakerEndpoint } = await import(${JSON.stringify(entry)})
      const options = { endpointName: 'it', endpoint: ${JSON.stringify(serviceUrl)}, transport: ${JSON.stringify(transport)} }
      const endpoint = new SagemakerEndpoint(options)
      const { body } = await endpoint.invoke('{}')
      endpoint.close()
      console.log(new TextDecoder().decode(body))`,
      environment,
    )
    expect(caller).toEqual({ address: '127.0.0.1' })
    expect(tunnels).toHaveLength(before + 1)
  })
})
