import { Agent as HttpAgent, type AgentOptions, type ClientRequest } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { Duplex } from 'node:stream'
import { systemCodeOf } from '../../errors/diagnose-exception.ts'
import { SagemakerError } from '../../errors/sagemaker-error.ts'

/** `maxConcurrency` is the limit to set: a pool's queue cannot be left on abort, and its wait counts as connecting. */
const pool: AgentOptions = { keepAlive: true, maxSockets: Number.POSITIVE_INFINITY }

/** The errors of requests that were sent on a connection which had been idle. */
const failedOnReusedSocket = new WeakSet<object>()

/**
 * The agents of one client. Sockets that are idle for longer than `idleConnectionMs` are closed, because load balancers
 * and NAT gateways forget connections without a word.
 *
 * @param settings - of the caller; they win.
 * @throws {SagemakerError} with code `invalid-request` for `proxyEnv` on a version of Node.js that would ignore it.
 */
export function createAgents(
  idleConnectionMs: number,
  settings: { readonly http?: AgentOptions | undefined; readonly https?: AgentOptions | undefined },
): { readonly httpAgent: HttpAgent; readonly httpsAgent: HttpsAgent } {
  const timeout = idleConnectionMs === Number.POSITIVE_INFINITY ? {} : { timeout: idleConnectionMs }
  const shared = { ...pool, ...timeout, ...environmentProxy() }
  for (const { proxyEnv } of [settings.http ?? {}, settings.https ?? {}])
    if (proxyEnv !== undefined) checkProxySupport()
  return {
    httpAgent: tracked(new HttpAgent({ ...shared, ...settings.http })),
    httpsAgent: tracked(new HttpsAgent({ ...shared, ...settings.https })),
  }
}

/** Notes which requests fail that were sent on a connection which had been idle. */
function tracked<A extends HttpAgent>(agent: A): A {
  const reuse = agent.reuseSocket.bind(agent)
  agent.reuseSocket = (socket: Duplex, request: ClientRequest): void => {
    request.once('error', (error) => failedOnReusedSocket.add(error))
    reuse(socket, request)
  }
  return agent
}

/** Node.js applies this variable to its own agents only. */
function environmentProxy(): AgentOptions {
  const asked =
    process.env['NODE_USE_ENV_PROXY'] === '1' ||
    [...process.execArgv, ...(process.env['NODE_OPTIONS'] ?? '').split(' ')].includes('--use-env-proxy')
  return asked ? { proxyEnv: process.env } : {}
}

function checkProxySupport(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21)) return
  throw new SagemakerError(
    'invalid-request',
    `proxyEnv of an agent needs Node.js 22.21, 24.5 or later, and this is ${process.versions.node}. Pass an agent of a proxy library.`,
  )
}

/** What is used of a request handler, to send with it and to find its agents. */
export interface SdkRequestHandler {
  handle(request: unknown, options: { readonly abortSignal: AbortSignal }): Promise<{ readonly response: unknown }>
  httpHandlerConfigs?(): { readonly httpAgent?: unknown; readonly httpsAgent?: unknown }
}

/** What a connection that died while it was idle fails with. */
const deadSocketCodes: ReadonlySet<string | undefined> = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ETIMEDOUT'])

/**
 * Sends a request, and sends it once more on a new connection if its connection had died while it was idle. One call
 * may leave several connections that die together, so that the idle ones are all closed.
 *
 * @param isRepeatable - whether the caller allows a request to be sent twice.
 */
export async function sendOnLiveSocket<T>(
  handler: SdkRequestHandler | undefined,
  isRepeatable: boolean,
  send: () => Promise<T>,
): Promise<T> {
  try {
    return await send()
  } catch (error) {
    if (!deadSocketCodes.has(systemCodeOf(error))) throw error
    closeIdleSockets(handler)
    if (!isRepeatable || !failedOnReusedSocket.has(error as object)) throw error
    return send()
  }
}

function closeIdleSockets(handler: SdkRequestHandler | undefined): void {
  const { httpAgent, httpsAgent } = handler?.httpHandlerConfigs?.() ?? {}
  for (const agent of [httpAgent, httpsAgent]) {
    const { freeSockets = {} } = (agent ?? {}) as Partial<HttpAgent>
    for (const sockets of Object.values(freeSockets)) for (const socket of sockets ?? []) socket.destroy()
  }
}
