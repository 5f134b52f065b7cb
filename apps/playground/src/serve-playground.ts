import { startLocalRuntime, type LocalRuntime } from '@x/sagemaker-local'
import type { PageOptions } from './command-line.ts'
import { demoDescriptions, demoEndpoints } from './demo/demo-endpoints.ts'
import { readConfiguration } from './server/configuration.ts'
import { faultDescriptions } from './server/faults/fault-catalogue.ts'
import { startServer, type PlaygroundServer, type ServerOptions } from './server/start-server.ts'

export const defaultPort = 4173

/** The page and the demo models that it can call. Disposing it ends both. */
export interface ServedPlayground extends AsyncDisposable {
  readonly server: PlaygroundServer
  readonly runtime: LocalRuntime
}

/**
 * Starts the local runtime and serves the page.
 *
 * @throws {UsageError} for a configuration file that cannot be used; the system's error when a port that was asked for is taken, or
 * the page has not been built.
 */
export async function servePlayground(
  options: PageOptions & Pick<ServerOptions, 'captures' | 'pageFolder'>,
): Promise<ServedPlayground> {
  const { region, profile, endpoints } = await readConfiguration(options)
  const runtime = await startLocalRuntime({ endpoints: demoEndpoints })
  try {
    const server = await startServer({
      pageFolder: options.pageFolder,
      captures: options.captures,
      setup: {
        runtimeUrl: runtime.url,
        region,
        profile,
        endpoints: [...demoDescriptions, ...endpoints],
        faults: faultDescriptions,
      },
      port: options.port ?? defaultPort,
      alternatives: options.port === undefined ? 20 : 0,
    })
    return {
      server,
      runtime,
      async [Symbol.asyncDispose]() {
        await server.close()
        await runtime.close()
      },
    }
  } catch (error) {
    await runtime.close()
    throw error
  }
}
