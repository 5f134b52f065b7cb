import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import type { EndpointObserver } from '@x/sagemaker-endpoint'
import type { ObservedOrigin } from '../protocol/observed-call.ts'
import type { Setup } from '../protocol/setup.ts'
import { watchCaptureFolder, type CaptureFolderOptions } from './captures/capture-folder.ts'
import { CaptureHub } from './captures/capture-hub.ts'
import { connectServices } from './connect/connect-services.ts'
import { createApp } from './create-app.ts'
import { embeddingServices } from './embeddings/embedding-routes.ts'
import { EndpointPool } from './endpoint-pool.ts'
import { listenOnLoopback, type ListenOptions } from './listen.ts'
import { loadPageAssets } from './page-assets.ts'
import { runCall } from './run-call.ts'
import { ScoringCalls } from './scoring-calls.ts'

export interface ServerOptions extends ListenOptions {
  /** Folder of the built page. */
  readonly pageFolder: string
  readonly setup: Setup
  /** Folder of captures to watch. */
  readonly captures?: Omit<CaptureFolderOptions, 'hub'> | undefined
}

/** The playground, serving. */
export interface PlaygroundServer extends AsyncDisposable {
  readonly url: string
  readonly port: number
  /** Ends all calls and closes all connections. */
  close(): Promise<void>
}

/**
 * Starts the playground's server on loopback.
 *
 * @throws the system's error when the port is taken, the page has not been built, or the folder of captures cannot be read.
 */
export async function startServer(options: ServerOptions): Promise<PlaygroundServer> {
  const { setup } = options
  const assets = await loadPageAssets(options.pageFolder)
  const captures = new CaptureHub()
  const scores = new ScoringCalls()
  const poolOf = (origin: ObservedOrigin, ...observers: EndpointObserver[]): EndpointPool =>
    new EndpointPool(setup, [captures.observer(origin), ...observers])
  const pools = {
    conversation: poolOf('conversation'),
    embeddings: poolOf('embeddings'),
    scores: poolOf('scores', scores.observer),
    doctor: poolOf('doctor'),
  }
  const connect = connectServices(pools.doctor, setup)
  const app = createApp({
    assets,
    setup: () => setup,
    run: (request, signal) => runCall(pools.conversation, request, signal),
    score: (request, signal) => scores.run(pools.scores, request, signal),
    embeddings: embeddingServices(pools.embeddings),
    captures,
    connect,
  })
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server
  const folder = options.captures && (await watchCaptureFolder({ ...options.captures, hub: captures }))
  const port = await listenOnLoopback(server, options).catch(async (error: unknown) => {
    await folder?.[Symbol.asyncDispose]()
    throw error
  })
  const close = async (): Promise<void> => {
    for (const pool of Object.values(pools)) pool.close()
    await folder?.[Symbol.asyncDispose]()
    await connect[Symbol.asyncDispose]()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://127.0.0.1:${port}`, port, close, [Symbol.asyncDispose]: close }
}
