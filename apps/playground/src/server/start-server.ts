import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import type { Setup } from '../protocol/setup.ts'
import { CaptureHub } from './captures/capture-hub.ts'
import { connectServices } from './connect/connect-services.ts'
import { createApp } from './create-app.ts'
import { embeddingServices } from './embeddings/embedding-routes.ts'
import { EndpointPool } from './endpoint-pool.ts'
import { listenOnLoopback } from './listen.ts'
import type { ListenOptions } from './listen.ts'
import { loadPageAssets } from './page-assets.ts'
import { runCall } from './run-call.ts'

export interface ServerOptions extends ListenOptions {
  /** Folder of the built page. */
  readonly pageFolder: string
  readonly setup: Setup
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
 * @throws the system's error when the port is taken, or the page has not been built.
 */
export async function startServer(options: ServerOptions): Promise<PlaygroundServer> {
  const { setup } = options
  const assets = await loadPageAssets(options.pageFolder)
  const pool = new EndpointPool(setup)
  const captures = new CaptureHub()
  // A conversation reports its calls itself.
  const embeddingPool = new EndpointPool(setup, [captures.observer('page')])
  // Doctor makes calls that are no conversation either.
  const connect = connectServices(embeddingPool, setup)
  const app = createApp({
    assets,
    setup: () => setup,
    run: (request, signal) => runCall(pool, request, signal),
    embeddings: embeddingServices(embeddingPool),
    captures,
    connect,
  })
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server
  const port = await listenOnLoopback(server, options)
  const close = async (): Promise<void> => {
    pool.close()
    embeddingPool.close()
    await connect[Symbol.asyncDispose]()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://127.0.0.1:${port}`, port, close, [Symbol.asyncDispose]: close }
}
