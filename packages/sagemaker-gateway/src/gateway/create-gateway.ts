import type { GatewayOptions } from '../contract/gateway-options.ts'
import { anthropicError } from '../errors/anthropic-error.ts'
import { clientError } from '../errors/client-error.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import { openaiError } from '../errors/openai-error.ts'
import { GatewayMetrics } from '../metrics/gateway-metrics.ts'
import { RequestScope } from '../http/request-scope.ts'
import { ResumableAnswers } from '../resuming/resumable-answers.ts'
import { Configured } from './configured.ts'
import type { Gateway, GatewayCloseOptions } from './gateway.ts'
import { createRoutes, messagesPath, openPaths } from './routes.ts'

/**
 * Creates an OpenAI-compatible server in front of SageMaker endpoints: a function from requests to responses, for `serve()` and for
 * every host that takes one.
 *
 * @example
 * ```ts
 * const gateway = createGateway({ models: { 'my-llama': { endpointName: 'my-llama', region: 'us-east-1' } } })
 * const response = await gateway.fetch(new Request('http://localhost/v1/models'))
 * ```
 *
 * @throws {SagemakerError} `invalid-configuration` with the path of the option.
 */
export function createGateway(options: GatewayOptions): Gateway {
  const routes = createRoutes()
  const active = new Map<RequestScope, Configured>()
  const metrics = new GatewayMetrics()
  const whenIdle = new Set<() => void>()
  const resumable = new ResumableAnswers()
  let configured = new Configured(options, resumable)
  let closed: Promise<void> | undefined

  const begin = (request: Request, now: Configured): RequestScope => {
    const scope = new RequestScope(request, {
      beforeStream: ({ keyName }) => {
        const streams = [...active.keys()].filter((other) => other.holdsStream && other.keyName === keyName).length
        if (streams >= now.limits.maxStreamsPerKey)
          throw new GatewayError('too-many-requests', `This key has ${streams} streams open, which is the most.`)
      },
      whenDone: (record) => {
        active.delete(scope)
        now.leave()
        if (active.size === 0) for (const idle of whenIdle) idle()
        if (openPaths.has(record.path)) return
        if (record.path !== '/metrics') metrics.record(record)
        report(now.options, record)
      },
    })
    now.enter()
    active.set(scope, now)
    return scope
  }

  const admit = (request: Request, scope: RequestScope, { keys, limits, webPages }: Configured): void => {
    if (openPaths.has(scope.path)) {
      if (closed !== undefined && scope.path === '/readyz') throw closingError()
      return
    }
    if (!keys.areRequired) webPages.refuseOthers(request)
    scope.keyName = keys.nameFor(request.headers)
    if (closed !== undefined) throw closingError()
    if (active.size > limits.maxConcurrency)
      throw new GatewayError('too-many-requests', `${limits.maxConcurrency} requests are in flight, which is the most.`)
  }

  const metricsText = (): string =>
    metrics.text([...active.keys()].filter(({ path }) => path !== '/metrics').map(({ model }) => model))

  const respond = async (request: Request, scope: RequestScope, now: Configured): Promise<Response> => {
    try {
      admit(request, scope, now)
      const response = await routes.fetch(request, { scope, configured: now, metricsText })
      if (openPaths.has(scope.path)) scope.done(response.status)
      return response
    } catch (error) {
      const failure = clientError(scope.failureOf(error), now.streamSettings.exposeErrors)
      if (failure.code === 'internal') process.emitWarning(error instanceof Error ? error : String(error))
      scope.done(failure.status, failure)
      const body = scope.path.startsWith(messagesPath) ? anthropicError(failure) : openaiError(failure)
      return Response.json(body, {
        status: failure.status,
        headers: { ...scope.headers(), ...failure.headers },
      })
    }
  }

  const shutDown = async (drainMs: number): Promise<void> => {
    resumable.close()
    await idleWithin(active, whenIdle, drainMs)
    for (const scope of active.keys()) scope.stop(closingError())
    // The error events are written, unless a client does not read.
    await idleWithin(active, whenIdle, 1000)
    configured.retire()
  }

  const close: Gateway['close'] = ({ drainMs = 30_000 }: GatewayCloseOptions = {}) =>
    (closed ??= Promise.resolve().then(() => shutDown(drainMs)))

  return {
    async fetch(request) {
      const now = configured
      const origin = request.headers.get('origin')
      if (isPreflight(request))
        return new Response(null, { status: 204, headers: now.webPages.preflight(request.headers) })
      const response = await respond(request, begin(request, now), now)
      for (const [name, value] of Object.entries(now.webPages.headersFor(origin))) response.headers.set(name, value)
      return response
    },
    get requiresKey() {
      return configured.keys.areRequired
    },
    get activeRequests() {
      return active.size
    },
    ready: () => configured.models.open(),
    configure(newOptions) {
      const next = new Configured(newOptions, resumable)
      configured.retire()
      configured = next
    },
    close,
    [Symbol.asyncDispose]: () => close(),
  }
}

function isPreflight({ headers, method }: Request): boolean {
  return method === 'OPTIONS' && headers.has('origin') && headers.has('access-control-request-method')
}

function closingError(): GatewayError {
  return new GatewayError('closing', 'The gateway shuts down. Send the request again.')
}

function report({ onRequest }: GatewayOptions, record: Parameters<NonNullable<GatewayOptions['onRequest']>>[0]): void {
  try {
    onRequest?.(record)
  } catch (error) {
    process.emitWarning(`onRequest threw ${String(error)}`, 'SagemakerGatewayWarning')
  }
}

function idleWithin(
  active: ReadonlyMap<unknown, unknown>,
  whenIdle: Set<() => void>,
  timeoutMs: number,
): Promise<void> {
  if (active.size === 0) return Promise.resolve()
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer)
      whenIdle.delete(finish)
      resolve()
    }
    const timer = setTimeout(finish, timeoutMs)
    whenIdle.add(finish)
  })
}
