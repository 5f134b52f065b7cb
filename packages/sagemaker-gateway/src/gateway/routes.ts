import { type Context, Hono } from 'hono'
import { jsonResponse } from '../answers/responses.ts'
import { chatCompletions } from '../endpoints/chat-completions.ts'
import { completions } from '../endpoints/completions.ts'
import { embeddings } from '../endpoints/embeddings.ts'
import type { EndpointCall } from '../endpoints/endpoint-call.ts'
import { listModels, retrieveModel } from '../endpoints/list-models.ts'
import { countTokens, messages } from '../endpoints/messages.ts'
import { rerank } from '../endpoints/rerank.ts'
import { responses } from '../endpoints/responses.ts'
import { resumeAfterEvent, resumeResponse } from '../endpoints/resume-answer.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import { readJsonBody } from '../http/read-json-body.ts'
import type { RequestScope } from '../http/request-scope.ts'
import type { Configured } from './configured.ts'

/** What a handler knows about the request. */
export interface RouteBindings {
  readonly scope: RequestScope
  readonly configured: Configured
  /** The metrics of the gateway as text. */
  readonly metricsText: () => string
}

type RouteContext = Context<{ Bindings: RouteBindings }>

/** What answers a request with a body. */
type Endpoint = (call: EndpointCall) => Promise<Response>

/** Where Anthropic's protocol is spoken, errors included. */
export const messagesPath = '/v1/messages'

const endpoints: Readonly<Record<string, Endpoint>> = {
  '/v1/chat/completions': chatCompletions,
  '/v1/completions': completions,
  '/v1/embeddings': embeddings,
  '/v1/rerank': rerank,
  '/v1/responses': responses,
  [messagesPath]: messages,
  [`${messagesPath}/count_tokens`]: countTokens,
}

/** Paths without a model: for load balancers, and for clients that look whether there is a server. They need no key and are not logged. */
export const openPaths: ReadonlySet<string> = new Set(['/', '/healthz', '/readyz'])

/** The paths of a gateway. What a handler throws, `fetch` rejects with. */
export function createRoutes(): Hono<{ Bindings: RouteBindings }> {
  const app = new Hono<{ Bindings: RouteBindings }>()
  app.onError((error) => {
    throw error
  })
  app.get('/', (c) => c.text('SageMaker gateway: an OpenAI-compatible server. Its base URL ends with /v1.\n'))
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  app.get('/readyz', async (c) => {
    await c.env.configured.models.open()
    return c.json({ status: 'ready' })
  })
  app.get('/metrics', ({ env }) => {
    env.scope.done(200)
    return new Response(env.metricsText(), { headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' } })
  })
  app.get('/v1/models', ({ env }) => jsonResponse(listModels(env.configured.models), env.scope))
  // Names of models may contain slashes, as they are or percent-encoded.
  app.get('/v1/models/:name{.+}', (c) =>
    jsonResponse(retrieveModel(c.env.configured.models, c.req.param('name')), c.env.scope),
  )
  for (const [path, endpoint] of Object.entries(endpoints)) {
    app.post(path, (c) => callEndpoint(endpoint, c))
    app.all(path, (c) => wrongMethod(c, 'POST'))
  }
  app.get('/v1/responses/:id', ({ env, req }) => {
    const { resuming } = env.configured.streamSettings
    if (resuming === undefined)
      throw new GatewayError('unknown-response', 'Responses are not kept: the gateway runs without resumeForMs.')
    return resumeResponse(req.param('id'), req.query(), env.scope, resuming)
  })
  for (const path of ['/v1/models', '/v1/models/*', '/v1/responses/:id']) app.all(path, (c) => wrongMethod(c, 'GET'))
  app.notFound((c) => {
    throw new GatewayError('unknown-path', `There is nothing at ${c.req.method} ${c.req.path}.`)
  })
  return app
}

async function callEndpoint(endpoint: Endpoint, { env, req }: RouteContext): Promise<Response> {
  const { configured, scope } = env
  const body = await readJsonBody(req.raw, configured.limits.maxRequestBytes)
  const { models, streamSettings: settings } = configured
  const lastEventId = req.header('last-event-id')
  if (lastEventId !== undefined && settings.resuming !== undefined)
    return resumeAfterEvent(lastEventId, scope, settings.resuming)
  return endpoint({ body, models, scope, settings })
}

function wrongMethod({ req }: RouteContext, allow: string): never {
  throw new GatewayError('wrong-method', `${req.path} takes ${allow}, not ${req.method}.`, { headers: { allow } })
}
