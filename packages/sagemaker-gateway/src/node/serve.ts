/// <reference lib="esnext.disposable" preserve="true" />
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { isLoopbackAddress } from '@x/loopback-guard'
import { SagemakerError } from '@x/sagemaker-endpoint'
import type { Gateway, GatewayCloseOptions } from '../gateway/gateway.ts'
import { hostProblem } from './host-problem.ts'
import { requestOf } from './node-request.ts'
import { writeResponse } from './node-response.ts'

/** Where a gateway listens. */
export interface ServeOptions {
  /**
   * Port; 0 takes a free one.
   * @defaultValue 8000
   */
  readonly port?: number | undefined
  /**
   * Address to listen on. One that other machines can reach needs `apiKeys`, or `insecure`.
   * @defaultValue `127.0.0.1`
   */
  readonly host?: string | undefined
  /** Names that the `Host` header may have in addition to those of loopback, while the gateway listens on loopback. */
  readonly allowedHosts?: readonly string[] | undefined
  /**
   * Whether other machines may call a gateway without keys.
   * @defaultValue false
   */
  readonly insecure?: boolean | undefined
}

/** A gateway that listens. */
export interface GatewayServer extends AsyncDisposable {
  /** Where it listens, without `/v1`. */
  readonly url: string
  /** Port that it listens on. */
  readonly port: number
  /** Sockets that clients hold open. */
  readonly openSockets: number
  /** Accepts no connection any more, and closes the gateway. */
  close(options?: GatewayCloseOptions): Promise<void>
}

/**
 * Listens with Node.js's HTTP server. Streams are written to its responses directly.
 *
 * @throws {SagemakerError} `invalid-configuration` for an address that other machines can reach, if the gateway has no keys; otherwise
 * the error of the system, such as `EADDRINUSE`.
 */
export async function serve(gateway: Gateway, options: ServeOptions = {}): Promise<GatewayServer> {
  const { port = 8000, host = '127.0.0.1', allowedHosts = [], insecure = false } = options
  const isLocal = isLoopbackAddress(host)
  if (!isLocal && !gateway.requiresKey && !insecure) {
    const message = `host: other machines can reach ${host}, and the gateway has no apiKeys. Give it some, or set insecure.`
    throw new SagemakerError('invalid-configuration', message, { path: 'host' })
  }
  const server = createServer((request, response) => {
    const problem = isLocal ? hostProblem(request, allowedHosts) : undefined
    if (problem === undefined) void answer(gateway, request, response)
    else refuse(response, problem)
  })
  // Longer than clients and load balancers keep idle sockets, so that none reuses a socket that is about to be closed.
  server.keepAliveTimeout = 75_000
  // Clients learn of the 75 seconds. A busy one takes an idle socket a little later nevertheless.
  Object.assign(server, { keepAliveTimeoutBuffer: 5000 })
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await listen(server, port, host)
  const address = server.address() as AddressInfo
  const urlHost = address.family === 'IPv6' ? `[${address.address}]` : address.address
  let closed: Promise<void> | undefined
  const shutDown = async (closeOptions: GatewayCloseOptions): Promise<void> => {
    const stopped = new Promise<void>((resolve) => server.close(() => resolve()))
    await gateway.close(closeOptions)
    server.closeIdleConnections()
    for (const socket of sockets) socket.destroySoon()
    await stopped
  }
  const close: GatewayServer['close'] = (closeOptions = {}) => (closed ??= shutDown(closeOptions))
  return {
    url: `http://${urlHost}:${address.port}`,
    port: address.port,
    get openSockets() {
      return sockets.size
    },
    close,
    [Symbol.asyncDispose]: () => close(),
  }
}

async function answer(gateway: Gateway, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const left = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) left.abort()
  })
  try {
    await writeResponse(await gateway.fetch(requestOf(request, left.signal)), response)
  } catch {
    // A request that is no request, such as one with an impossible URL.
    refuse(response, 'The request cannot be read.', 400)
  }
}

function refuse(response: ServerResponse, message: string, status = 403): void {
  if (response.headersSent) return void response.destroy()
  const type = status === 403 ? 'permission_error' : 'invalid_request_error'
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' })
  response.end(
    JSON.stringify({ error: { message, type, param: null, code: status === 403 ? 'forbidden' : 'invalid_request' } }),
  )
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
