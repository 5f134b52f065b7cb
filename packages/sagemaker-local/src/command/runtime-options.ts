import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { record } from '../capture/record.ts'
import type { EndpointOptions } from '../hosting/endpoint-options.ts'
import type { LocalEndpoint } from '../answers/local-endpoint.ts'
import type { LocalRuntimeOptions } from '../runtime/local-runtime-options.ts'
import { createBackend } from './backend.ts'
import type { Configuration, ConfiguredEndpoint } from './configuration.ts'
import type { CommandLine } from './parse-arguments.ts'
import { UsageError } from './usage-error.ts'

const defaultPort = 8080
const defaultEndpoints = { 'demo-llm': 'demo', 'demo-embed': 'demo-embedding' }

/**
 * What to start: the configuration file, overridden by the command line; without any endpoint the two demo endpoints.
 * @throws {UsageError}
 */
export function runtimeOptions(commandLine: CommandLine, configuration: Configuration): LocalRuntimeOptions {
  const given = { ...configuration.endpoints, ...commandLine.endpoints }
  const backends = Object.keys(given).length === 0 ? defaultEndpoints : given
  for (const name of Object.keys(commandLine.faults)) {
    if (!Object.hasOwn(backends, name)) throw new UsageError(`--faults: there is no endpoint ${name}.`)
  }
  const endpoints = Object.entries<string | ConfiguredEndpoint>(backends).map(([name, backend]) => {
    const configured: ConfiguredEndpoint = {
      tokensPerSecond: commandLine.tokensPerSecond,
      ...(typeof backend === 'string' ? { backend } : backend),
    }
    const faults = commandLine.faults[name] ?? configured.faults
    const options: EndpointOptions = {
      ...configured,
      model: recorded(name, createBackend(name, configured), commandLine.recordFolder),
      faults,
    }
    return [name, options] as const
  })
  return {
    ...configuration,
    port: commandLine.port ?? configuration.port ?? defaultPort,
    host: commandLine.host ?? configuration.host,
    region: commandLine.region ?? configuration.region,
    requireSignature: commandLine.requireSignature ?? configuration.requireSignature,
    endpoints: Object.fromEntries(endpoints),
  }
}

/** Numbers the captures of an endpoint, after those that are there already. */
function recorded(name: string, model: LocalEndpoint, folder: string | undefined): LocalEndpoint {
  if (folder === undefined) return model
  let count = 0
  return record(model, (capture) => {
    mkdirSync(folder, { recursive: true })
    let file: string
    do file = join(folder, `${name}-${(count += 1)}.jsonl`)
    while (existsSync(file))
    writeFileSync(file, capture)
  })
}
