import type { AgentOptions } from 'node:http'
import type { SageMakerRuntimeClientConfig } from '@aws-sdk/client-sagemaker-runtime'
import type { AwsCredentials, ConnectionOptions, CredentialsOption } from '../../options/endpoint-options.ts'
import { createAgents } from './idle-sockets.ts'
import { Sha256 } from './sha256.ts'

/** The configuration of an SDK client that is built here: no retries, and as many sockets as calls. */
export function clientConfig(options: ConnectionOptions, connectMs: number): SageMakerRuntimeClientConfig {
  const { region, credentials, endpoint } = options
  const passed: SageMakerRuntimeClientConfig = options.clientOptions ?? {}
  return {
    cacheMiddleware: true,
    sha256: Sha256,
    ...passed,
    customUserAgent: userAgent(passed.customUserAgent),
    ...(region !== undefined && { region }),
    ...(credentials !== undefined && {
      credentials: namedProvider(credentials) as NonNullable<SageMakerRuntimeClientConfig['credentials']>,
    }),
    ...(endpoint !== undefined && { endpoint }),
    requestHandler: requestHandler(passed.requestHandler, options, connectMs),
    // Retries are ours: two layers of them multiply.
    maxAttempts: 1,
    retryMode: 'standard',
    ...({ retryStrategy: undefined } as object),
  }
}

/** Whether connections belong to a request handler or an agent that was passed in. */
export function ownsConnections({ clientOptions }: ConnectionOptions): boolean {
  const { requestHandler: passed }: SageMakerRuntimeClientConfig = clientOptions ?? {}
  if (passed === undefined) return true
  const { httpAgent, httpsAgent } = passed as HandlerSettings
  return !(isHandler(passed) || isAgent(httpAgent) || isAgent(httpsAgent))
}

function userAgent(passed: SageMakerRuntimeClientConfig['customUserAgent'] = []) {
  const ours: [string] = ['sagemaker-endpoint']
  return [ours, ...(typeof passed === 'string' ? [[passed] as [string]] : passed)]
}

/** Application Load Balancers and many forward proxies close connections after 60 s. */
const defaultIdleConnectionMs = 55_000

type RequestHandlerConfig = SageMakerRuntimeClientConfig['requestHandler']

function requestHandler(
  passed: RequestHandlerConfig,
  { idleConnectionMs = defaultIdleConnectionMs }: ConnectionOptions,
  connectMs: number,
): NonNullable<RequestHandlerConfig> {
  if (passed !== undefined && isHandler(passed)) return passed as NonNullable<RequestHandlerConfig>
  const settings = (passed ?? {}) as HandlerSettings
  const { httpAgent, httpsAgent } = settings
  const ours = createAgents(idleConnectionMs, {
    http: isAgent(httpAgent) ? undefined : httpAgent,
    https: isAgent(httpsAgent) ? undefined : httpsAgent,
  })
  return {
    // 0 means none to the SDK's handler.
    connectionTimeout: connectMs === Number.POSITIVE_INFINITY ? 0 : connectMs,
    ...settings,
    httpAgent: isAgent(httpAgent) ? httpAgent : ours.httpAgent,
    httpsAgent: isAgent(httpsAgent) ? httpsAgent : ours.httpsAgent,
  } as NonNullable<RequestHandlerConfig>
}

interface HandlerSettings {
  readonly httpAgent?: AgentOptions
  readonly httpsAgent?: AgentOptions
}

/** A request handler, or a function that gets the settings of one; anything else are settings. */
function isHandler(passed: object): boolean {
  return typeof passed === 'function' || 'handle' in passed
}

/** An agent that was passed in is used as it is; settings are merged with ours. */
function isAgent(passed: object = {}): boolean {
  return 'destroy' in passed
}

/** The name by which the SDK's own providers say that there are no credentials. */
const name = 'CredentialsProviderError'

/**
 * The same credentials. What a provider of the caller throws gets the name that the SDK's own providers use, which
 * distinguishes it from other failures.
 */
export function namedProvider(credentials: CredentialsOption): CredentialsOption {
  if (typeof credentials !== 'function') return credentials
  const ask: (options?: unknown) => Promise<AwsCredentials> = credentials
  return async (options?: unknown): Promise<AwsCredentials> => {
    try {
      return await ask(options)
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause)
      throw Object.assign(new Error(message, { cause }), { name })
    }
  }
}
