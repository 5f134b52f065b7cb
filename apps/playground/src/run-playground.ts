import { terminalLine } from '@x/loopback-guard'
import { startLocalRuntime } from '@x/sagemaker-local'
import { parseCommandLine, type StartOptions } from './command-line.ts'
import { demoEndpoints } from './demo/demo-endpoints.ts'
import { runDemo } from './demo/run-demo.ts'
import { curlCommand, serveGateway } from './demo/serve-gateway.ts'
import type { Terminal } from './demo/terminal.ts'
import { defaultPort, servePlayground } from './serve-playground.ts'
import type { PlaygroundServer } from './server/start-server.ts'

export interface PlaygroundEnvironment {
  readonly terminal: Terminal
  /** Folder of the built page. */
  readonly pageFolder: string
  /** Ctrl-C. */
  readonly signal: AbortSignal
}

/**
 * Starts the local runtime, shows the main job in the terminal and serves the page and a gateway until the signal aborts; with
 * `--once` ends after the terminal part.
 *
 * @throws {UsageError} for what the command line, the configuration file or the folder of captures gets wrong; the system's error when a port that was
 * asked for is taken, or the page has not been built.
 */
export async function runPlayground(args: readonly string[], environment: PlaygroundEnvironment): Promise<void> {
  const { terminal, signal } = environment
  const options = parseCommandLine(args)
  // Before the demonstration, so that a port that is taken is reported at once.
  const onProblem = (problem: string): void => terminal.line(`   ${terminalLine(problem)}`)
  await using playground = options.once
    ? undefined
    : await servePlayground({ ...options, pageFolder: environment.pageFolder, onProblem })
  await using ownRuntime = options.once ? await startLocalRuntime({ endpoints: demoEndpoints }) : undefined
  const runtimeUrl = (playground?.runtime ?? ownRuntime)?.url ?? ''
  printHeader(terminal, runtimeUrl)
  await runDemo({ runtimeUrl, terminal, signal })
  if (playground === undefined) return
  await using gateway = await serveGateway(runtimeUrl)
  printFooter(terminal, playground.server, options)
  printGateway(terminal, gateway.url)
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
  if (options.captures !== undefined)
    line(style('dim', `   captures of ${terminalLine(options.captures)} appear in the view Calls`))
  line(style('dim', '   try an endpoint and see its bytes; Ctrl-C ends all of this'))
  line()
}

function printGateway({ line, style }: Terminal, url: string): void {
  line(`   Gateway        ${style('cyan', `${url}/v1`)}`)
  line(style('dim', "   serves OpenAI's API to any client. Chat from another terminal:"))
  line(`   ${curlCommand(url, 'demo-llm')}`)
  line()
}
