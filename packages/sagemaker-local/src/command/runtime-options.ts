import type { EndpointOptions } from '../hosting/endpoint-options.ts'
import type { LocalRuntimeOptions } from '../runtime/local-runtime-options.ts'
import { createBackend } from './backend.ts'
import type { Configuration, ConfiguredEndpoint } from './configuration.ts'
import type { CommandLine } from './parse-arguments.ts'
import type { Recorder } from './record-folder.ts'
import { UsageError } from './usage-error.ts'

const defaultPort = 8080
const defaultEndpoints = { 'demo-llm': 'demo', 'demo-embed': 'demo-embedding' }

/**
 * Combines the configuration file with the command line, which takes precedence. Without any endpoint, serves the two demo endpoints.
 * @param recorded - Wraps each model for recording.
 * @throws {UsageError} for an unknown backend, format or endpoint.
 */
export function runtimeOptions(
  commandLine: CommandLine,
  configuration: Configuration,
  recorded: Recorder = (_, model) => model,
): LocalRuntimeOptions {
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
      model: recorded(name, createBackend(name, configured)),
      faults,
    }
    return [name, options] as const
  })
  return {
    ...configuration,
    port: commandLine.port ?? configuration.port ?? defaultPort,
    host: commandLine.host ?? configuration.host,
    allowedHosts: commandLine.allowedHosts ?? configuration.allowedHosts,
    region: commandLine.region ?? configuration.region,
    objects: commandLine.objects ?? configuration.objects,
    requireSignature: commandLine.requireSignature ?? configuration.requireSignature,
    endpoints: Object.fromEntries(endpoints),
  }
}
