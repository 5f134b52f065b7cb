import { ConfigurationFileError, readConfigurationFile } from '@x/configuration-file'
import { terminalLine } from '@x/loopback-guard'
import type { GatewayModel } from '../contract/gateway-model.ts'
import type { RequestRecord } from '../contract/request-record.ts'
import { createGateway } from '../gateway/create-gateway.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { serve, type GatewayServer, type ServeOptions } from '../node/serve.ts'
import { type Configuration, configurationSchema } from './configuration.ts'
import { connectionOf, gatewayOptions, serveOptions, usageErrorOf } from './gateway-options.ts'
import type { CommandLine } from './parse-arguments.ts'
import { requestLine } from './request-line.ts'
import { UsageError } from './usage-error.ts'

/** How long answers may take to finish after the first Ctrl-C or SIGTERM. */
const drainMs = 30_000
const defaultRefreshMs = 300_000

/**
 * Starts what the command line asks for and says so; resolves when it has stopped: after SIGTERM or Ctrl-C, once the answers in flight
 * are complete, or at once after a second signal.
 *
 * @param print - Takes a line.
 * @throws {UsageError}
 */
export async function run(commandLine: CommandLine, print: (line: string) => void): Promise<void> {
  let setup = await readSetup(commandLine, print)
  const { gateway } = setup
  const server = await listen(gateway, serveOptions(commandLine, setup.configuration))
  print(`SageMaker gateway is listening on ${server.url}/v1\n`)
  printModels(setup, print)
  print(`\nTry it:\n  curl ${server.url}/v1/models${gateway.requiresKey ? ' -H "Authorization: Bearer $KEY"' : ''}\n`)

  const reload = async (why: string): Promise<void> => {
    try {
      const next = await readSetup(commandLine, print)
      await next.gateway.close({ drainMs: 0 })
      const isChanged = Object.keys(next.options.models).join() !== Object.keys(setup.options.models).join()
      gateway.configure(next.options)
      setup = { ...next, gateway }
      if (why === 'SIGHUP' || isChanged) {
        print(`${why}: the configuration was read again.`)
        printModels(setup, print)
      }
    } catch (error) {
      print(`${why}: the configuration stays as it is. ${terminalLine(usageErrorOf(error).message)}`)
    }
  }
  const onHangup = (): void => void reload('SIGHUP')
  process.on('SIGHUP', onHangup)
  const refreshMs = setup.configuration.discover?.refreshMs ?? defaultRefreshMs
  const refresh = setup.isDiscovered ? setInterval(() => void reload('Discovery'), refreshMs) : undefined
  await stopOnSignal(server, gateway, print)
  clearInterval(refresh)
  process.off('SIGHUP', onHangup)
}

interface Setup {
  readonly gateway: Gateway
  readonly configuration: Configuration
  readonly options: Parameters<typeof createGateway>[0]
  readonly isDiscovered: boolean
}

/** Reads everything anew and checks it as a separate gateway. */
async function readSetup(commandLine: CommandLine, print: (line: string) => void): Promise<Setup> {
  try {
    const configuration = await readConfiguration(commandLine.configurationFile)
    const patterns = commandLine.discover ?? configuration.discover?.patterns
    const discovered = patterns === undefined ? {} : await discover(patterns, commandLine, configuration, print)
    const options = {
      ...gatewayOptions(commandLine, configuration, process.env, discovered),
      onRequest: loggerOf(commandLine.log, print),
    }
    if (Object.keys(options.models).length === 0 && patterns === undefined)
      throw new UsageError('There are no models. Name one with --model, --discover or in a configuration file.')
    const gateway = createGateway(options)
    await gateway.ready()
    return { gateway, configuration, options, isDiscovered: patterns !== undefined }
  } catch (error) {
    throw usageErrorOf(error)
  }
}

async function readConfiguration(file: string | undefined): Promise<Configuration> {
  if (file === undefined) return {}
  try {
    return (await readConfigurationFile(file, configurationSchema)) as Configuration
  } catch (error) {
    throw error instanceof ConfigurationFileError ? new UsageError(error.message) : error
  }
}

async function discover(
  patterns: readonly string[],
  commandLine: CommandLine,
  configuration: Configuration,
  print: (line: string) => void,
): Promise<Record<string, GatewayModel>> {
  const { discoverModels } = await import('../discovery/discover-models.ts')
  const onSkip = (name: string, reason: string): void => print(terminalLine(`${name} is left out: ${reason}.`))
  return discoverModels({ patterns, onSkip, ...connectionOf(commandLine, configuration) })
}

function loggerOf(
  log: CommandLine['log'],
  print: (line: string) => void,
): ((record: RequestRecord) => void) | undefined {
  if (log === 'none') return undefined
  return log === 'json' ? (record) => print(JSON.stringify(record)) : (record) => print(requestLine(record))
}

function printModels({ options }: Setup, print: (line: string) => void): void {
  const entries = Object.entries(options.models)
  const width = Math.max(...entries.map(([name]) => name.length), 0)
  if (entries.length === 0) print('  no models at the moment')
  for (const [name, { kind = 'language', endpointName, inferenceComponentName }] of entries) {
    const component = inferenceComponentName === undefined ? '' : `, component ${inferenceComponentName}`
    print(terminalLine(`  ${name.padEnd(width)}  ${kind}, endpoint ${endpointName}${component}`))
  }
}

async function listen(gateway: Gateway, options: ServeOptions): Promise<GatewayServer> {
  try {
    return await serve(gateway, options)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const port = options.port ?? 8000
    if (code === 'EADDRINUSE')
      throw new UsageError(`Port ${port} is taken. Choose another one with --port, or --port 0 for any free one.`)
    if (code === 'EACCES')
      throw new UsageError(`Port ${port} may not be used by this user. Choose one above 1023 with --port.`)
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new UsageError(`This machine has no address ${options.host}.`)
    throw usageErrorOf(error)
  }
}

function stopOnSignal(server: GatewayServer, gateway: Gateway, print: (line: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      const stopNow = (): void => process.exit(130)
      for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        process.off(signal, stop)
        process.on(signal, stopNow)
      }
      if (gateway.activeRequests > 0)
        print(`\nFinishing ${gateway.activeRequests} answers. Ctrl-C again stops at once.`)
      server.close({ drainMs }).then(() => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stopNow)
        resolve()
      }, reject)
    }
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
  })
}
