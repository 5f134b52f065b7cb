import { startLocalRuntime } from '@x/sagemaker-local'
import { parseCommandLine } from './command-line.ts'
import type { StartOptions } from './command-line.ts'
import { demoDescriptions, demoEndpoints } from './demo/demo-endpoints.ts'
import { runDemo } from './demo/run-demo.ts'
import type { Terminal } from './demo/terminal.ts'
import { readConfiguration } from './server/configuration.ts'
import { faultDescriptions } from './server/faults/fault-catalogue.ts'
import { startServer } from './server/start-server.ts'
import type { PlaygroundServer } from './server/start-server.ts'

export const defaultPort = 4173

export interface PlaygroundEnvironment {
  readonly terminal: Terminal
  /** Folder of the built page. */
  readonly pageFolder: string
  /** Ctrl-C. */
  readonly signal: AbortSignal
}

/**
 * Starts the local runtime, shows the main job in the terminal and serves the page until the signal aborts; with `--once`
 * ends after the terminal part.
 *
 * @throws UsageError for what the command line or the configuration file gets wrong; the system's error when a port that was
 * asked for is taken, or the page has not been built.
 */
export async function runPlayground(args: readonly string[], environment: PlaygroundEnvironment): Promise<void> {
  const { terminal, signal } = environment
  const options = parseCommandLine(args)
  const configuration = await readConfiguration(options)
  await using runtime = await startLocalRuntime({ endpoints: demoEndpoints })
  const setup = {
    runtimeUrl: runtime.url,
    region: configuration.region,
    profile: configuration.profile,
    endpoints: [...demoDescriptions, ...configuration.endpoints],
    faults: faultDescriptions,
  }
  // Before the demonstration, so that a port that is taken is told at once.
  await using server = options.once
    ? undefined
    : await startServer({
        pageFolder: environment.pageFolder,
        setup,
        port: options.port ?? defaultPort,
        alternatives: options.port === undefined ? 20 : 0,
      })
  printHeader(terminal, runtime.url)
  await runDemo({ runtimeUrl: runtime.url, terminal, signal })
  if (server === undefined) return
  printFooter(terminal, server, options)
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
}

function printHeader({ line, style }: Terminal, url: string): void {
  line()
  line(`${style('bold', 'SageMaker from TypeScript')}, on your own machine`)
  line()
  line(`   Local runtime  ${style('cyan', url)}`)
  line(style('dim', '   speaks the SageMaker Runtime protocol: every AWS SDK can call it'))
  line()
}

function printFooter({ line, style }: Terminal, { url, port }: PlaygroundServer, options: StartOptions): void {
  line()
  if (options.port === undefined && port !== defaultPort)
    line(style('dim', `   Port ${defaultPort} is taken, so the page is at another one.`))
  line(`   Playground     ${style(['bold', 'cyan'], url)}`)
  line(style('dim', '   try an endpoint and see its bytes; Ctrl-C ends all of this'))
  line()
}
