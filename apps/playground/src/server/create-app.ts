import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import * as v from 'valibot'
import { runRequestSchema, type RunRequest } from '../protocol/run-request.ts'
import type { RunEvent } from '../protocol/run-event.ts'
import { scoringRequestSchema, type ScoringRequest } from '../protocol/scoring-request.ts'
import type { Setup } from '../protocol/setup.ts'
import type { CaptureHub } from './captures/capture-hub.ts'
import { captureRoutes } from './captures/capture-routes.ts'
import { connectRoutes } from './connect/connect-routes.ts'
import type { ConnectServices } from './connect/connect-services.ts'
import type { EventChannel } from './event-channel.ts'
import { embeddingRoutes, type EmbeddingServices } from './embeddings/embedding-routes.ts'
import { eventLines } from './event-lines.ts'
import { loopbackGuard } from './loopback-guard.ts'
import { servePage, type PageAssets } from './page-assets.ts'

/** SageMaker takes 25 MB; what is larger is refused before it is read. */
const maxRequestBytes = 26_000_000

export interface AppServices {
  readonly assets: PageAssets
  readonly setup: () => Setup
  /** Starts a call and reports it to the channel until the channel closes; the signal ends it early. */
  readonly run: (request: RunRequest, signal: AbortSignal) => EventChannel<RunEvent>
  /** The same for a call of a reranker or a classifier. */
  readonly score: (request: ScoringRequest, signal: AbortSignal) => EventChannel<RunEvent>
  readonly embeddings: EmbeddingServices
  readonly captures: CaptureHub
  readonly connect: ConnectServices
}

/** The web server of the playground: the page, and the calls that the page asks for. */
export function createApp({ assets, setup, run, score, embeddings, captures, connect }: AppServices): Hono {
  const app = new Hono()
  app.use(loopbackGuard)
  app.use(
    secureHeaders({
      // Nothing from elsewhere, no inline script, no markup out of strings save through the named policies: what a
      // model writes stays text even where the page itself had a mistake.
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: ['svelte-trusted-html', 'dompurify', 'playground-worker'],
      },
      // The page is plain HTTP on loopback.
      strictTransportSecurity: false,
      xFrameOptions: 'DENY',
    }),
  )
  app.get('/api/setup', (context) => context.json(setup()))
  app.post('/api/runs', bodyLimit({ maxSize: maxRequestBytes }), async (context) => {
    const parsed = v.safeParse(runRequestSchema, await jsonOf(context))
    if (!parsed.success) return context.json({ message: parsed.issues[0].message }, 400)
    return eventLines(context, (signal) => run(parsed.output, signal))
  })
  app.post('/api/scores', bodyLimit({ maxSize: maxRequestBytes }), async (context) => {
    const parsed = v.safeParse(scoringRequestSchema, await jsonOf(context))
    if (!parsed.success) return context.json({ message: parsed.issues[0].message }, 400)
    return eventLines(context, (signal) => score(parsed.output, signal))
  })
  app.use('/api/embeddings/*', bodyLimit({ maxSize: maxRequestBytes }))
  app.route('/api/embeddings', embeddingRoutes(embeddings))
  app.use('/api/connect/*', bodyLimit({ maxSize: 100_000 }))
  app.route('/api/connect', connectRoutes(connect))
  app.route('/api/captures', captureRoutes(captures))
  app.use(servePage(assets))
  app.notFound((context) => context.body(null, 404))
  app.onError((error, context) => {
    // What a middleware refuses, such as a body that is too large, has its own response.
    if (error instanceof HTTPException) return error.getResponse()
    console.error(error)
    return context.json({ message: 'The playground server failed on this request; its terminal says why.' }, 500)
  })
  return app
}

const jsonOf = (context: Context): Promise<unknown> => context.req.json().catch(() => undefined)
