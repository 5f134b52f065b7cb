import { readdir } from 'node:fs/promises'
import { startLocalRuntime, type LocalRuntime } from '@x/sagemaker-local'
import { type PageOptions, UsageError } from './command-line.ts'
import { demoDescriptions, demoEndpoints } from './demo/demo-endpoints.ts'
import { readConfiguration } from './server/configuration.ts'
import { faultDescriptions } from './server/faults/fault-catalogue.ts'
import { startServer, type PlaygroundServer } from './server/start-server.ts'

export const defaultPort = 4173

/** The page and the demo models that it can call. Disposing it ends both. */
export interface ServedPlayground extends AsyncDisposable {
  readonly server: PlaygroundServer
  readonly runtime: LocalRuntime
}

export interface ServeOptions extends PageOptions {
  /** Folder of the built page. */
  readonly pageFolder: string
  /** Called with a sentence when a file of the folder of captures is not, or not only, a capture. It is not escaped. */
  readonly onProblem: (problem: string) => void
}

/**
 * Starts the local runtime and serves the page.
 *
 * @throws {UsageError} for a configuration file or a folder of captures that cannot be used; the system's error when a port that
 * was asked for is taken, or the page has not been built.
 */
export async function servePlayground(options: ServeOptions): Promise<ServedPlayground> {
  const { captures: folder, onProblem } = options
  const { region, profile, endpoints } = await readConfiguration(options)
  if (folder !== undefined) await checkFolder(folder)
  const runtime = await startLocalRuntime({ endpoints: demoEndpoints })
  try {
    const server = await startServer({
      pageFolder: options.pageFolder,
      captures: folder === undefined ? undefined : { folder, onProblem },
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

/** @throws {UsageError} unless the folder can be read. */
async function checkFolder(folder: string): Promise<void> {
  await readdir(folder).catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(`--captures ${folder} cannot be read (${cause.code ?? cause.message}).`, { cause })
  })
}
