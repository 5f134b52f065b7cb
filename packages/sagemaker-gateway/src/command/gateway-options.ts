import { SagemakerError } from '@x/sagemaker-endpoint'
import type { GatewayModel } from '../contract/gateway-model.ts'
import type { ApiKey, GatewayOptions } from '../contract/gateway-options.ts'
import type { ServeOptions } from '../node/serve.ts'
import type { Configuration, ConfiguredKey } from './configuration.ts'
import type { CommandLine } from './parse-arguments.ts'
import { UsageError } from './usage-error.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Combines the configuration file with the command line, which takes precedence.
 *
 * @param discovered - Models that were found; those that are configured under the same names win.
 * @throws {UsageError} for a key whose environment variable is not set, and if there is no model at all.
 */
export function gatewayOptions(
  commandLine: CommandLine,
  configuration: Configuration,
  environment: Environment,
  discovered: Readonly<Record<string, GatewayModel>> = {},
): GatewayOptions {
  const {
    apiKeys,
    cors,
    exposeErrors,
    keepAlive,
    maxConcurrency,
    maxRequestBytes,
    maxResumeBytes,
    maxStreamsPerKey,
    resumeForMs,
    models = {},
  } = configuration
  const connection = connectionOf(commandLine, configuration)
  const configured = Object.entries<string | Partial<GatewayModel>>({ ...models, ...commandLine.models })
  const own = configured.map(([name, model]) => {
    const given = typeof model === 'string' ? { endpointName: model } : model
    return [name, { ...connection, ...given }] as const
  })
  const origins = commandLine.corsOrigins
  return {
    keepAlive,
    maxRequestBytes,
    maxConcurrency,
    maxStreamsPerKey,
    resumeForMs,
    maxResumeBytes,
    exposeErrors,
    cors: origins === undefined ? cors : { origins },
    apiKeys: [...(apiKeys ?? []).map((key, index) => keyOf(key, index, environment)), ...environmentKeys(environment)],
    models: { ...discovered, ...(Object.fromEntries(own) as Record<string, GatewayModel>) },
  }
}

/** Where models are that do not say it themselves. */
export function connectionOf(
  commandLine: CommandLine,
  configuration: Configuration,
): { readonly region?: string; readonly endpoint?: string } {
  const region = commandLine.region ?? configuration.region
  const endpoint = commandLine.endpoint ?? configuration.endpoint
  return { ...(region !== undefined && { region }), ...(endpoint !== undefined && { endpoint }) }
}

/** Where the gateway listens. */
export function serveOptions(commandLine: CommandLine, { listen = {} }: Configuration): ServeOptions {
  return {
    port: commandLine.port ?? listen.port,
    host: commandLine.host ?? listen.host,
    allowedHosts: commandLine.allowedHosts ?? listen.allowedHosts,
    insecure: commandLine.insecure ?? listen.insecure,
  }
}

function keyOf(key: ConfiguredKey, index: number, environment: Environment): string | ApiKey {
  if (typeof key === 'string') return key
  const value = key.key ?? environment[key.env ?? '']
  if (value) return { name: key.name, key: value }
  throw new UsageError(`apiKeys.${index}: the environment variable ${key.env} is not set.`)
}

function environmentKeys({ SAGEMAKER_GATEWAY_API_KEYS: keys = '' }: Environment): (string | ApiKey)[] {
  return keys
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
    .map((item) => {
      const [, name, key] = /^([^:]+):(.+)$/.exec(item) ?? []
      return name !== undefined && key !== undefined ? { name, key } : item
    })
}

/** The sentence for a mistake in the configuration; what is none is thrown on. */
export function usageErrorOf(error: unknown): UsageError {
  if (error instanceof UsageError) return error
  if (SagemakerError.is(error)) return new UsageError(error.message.slice(error.code.length + 2))
  throw error
}
