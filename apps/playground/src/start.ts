#!/usr/bin/env node
// Shows the main job of the packages in the terminal, then serves the page until Ctrl-C.
import { join } from 'node:path'
import { startLocalRuntime } from '@x/sagemaker-local'
import { helpText, parseCommandLine, UsageError } from './command-line.ts'
import { demoDescriptions, demoEndpoints } from './demo/demo-endpoints.ts'
import { runDemo } from './demo/run-demo.ts'
import { createTerminal } from './demo/terminal.ts'
import type { Terminal } from './demo/terminal.ts'
import { faultDescriptions } from './server/faults/fault-catalogue.ts'
import { startServer } from './server/start-server.ts'
import { readConfiguration } from './server/configuration.ts'
import type { StartOptions } from './command-line.ts'

const defaultPort = 4173
const pageFolder = join(import.meta.dirname, '..', 'dist')

async function main(args: readonly string[]): Promise<void> {
  const options = parseCommandLine(args)
  if (options.help) return void process.stdout.write(helpText)
  const configuration = await readConfiguration(options)
  const terminal = createTerminal(process.stdout)
  const interrupted = new AbortController()
  const interrupt = () => interrupted.abort()
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)

  await using runtime = await startLocalRuntime({ endpoints: demoEndpoints })
  printHeader(terminal, runtime.url)
  await runDemo({ runtimeUrl: runtime.url, terminal, signal: interrupted.signal })
  if (options.once) return

  const endpoints = [...demoDescriptions, ...configuration.endpoints]
  const setup = {
    runtimeUrl: runtime.url,
    region: options.region,
    profile: options.profile,
    endpoints,
    faults: faultDescriptions,
  }
  await using server = await startServer({
    pageFolder,
    setup,
    port: options.port ?? defaultPort,
    alternatives: options.port === undefined ? 20 : 0,
  })
  printFooter(terminal, server.url, server.port, options)
  if (!interrupted.signal.aborted)
    await new Promise((resolve) => interrupted.signal.addEventListener('abort', resolve, { once: true }))
}

function printHeader({ line, style }: Terminal, url: string): void {
  line()
  line(`${style('bold', 'SageMaker from TypeScript')}, on your own machine`)
  line()
  line(`   Local runtime  ${style('cyan', url)}`)
  line(style('dim', '   speaks the SageMaker Runtime protocol: every AWS SDK can call it'))
  line()
}

function printFooter({ line, style }: Terminal, url: string, port: number, options: StartOptions): void {
  line()
  if (options.port === undefined && port !== defaultPort)
    line(style('dim', `   Port ${defaultPort} is taken, so the page is elsewhere.`))
  line(`   Playground     ${style(['bold', 'cyan'], url)}`)
  line(style('dim', '   try an endpoint and see its bytes; Ctrl-C ends all of this'))
  line()
}

/** What the user can do something about is told in one sentence; everything else is a defect, and shown in full. */
function fail(error: unknown): void {
  const { code, message } = error as NodeJS.ErrnoException
  process.exitCode = error instanceof UsageError ? 2 : 1
  if (error instanceof Error && error.name === 'AbortError') process.exitCode = 130
  else if (error instanceof UsageError) console.error(message)
  else if (code === 'EADDRINUSE')
    console.error('The port is taken: choose another one with --port, or leave --port out.')
  else if (code === 'ENOENT')
    console.error('The page has not been built: run npm start in the root folder, which builds it.')
  else console.error(error)
}

await main(process.argv.slice(2)).catch(fail)
