import type { SageMakerRuntimeClientConfig } from '@aws-sdk/client-sagemaker-runtime'
import type { AwsCredentials, ConnectionOptions, CredentialsOption } from '../../options/endpoint-options.ts'

/** The configuration of an SDK client of our own: no retries, and as many sockets as calls. */
export function clientConfig(options: ConnectionOptions, connectMs: number): SageMakerRuntimeClientConfig {
  const { region, credentials, endpoint } = options
  const passed: SageMakerRuntimeClientConfig = options.clientOptions ?? {}
  return {
    cacheMiddleware: true,
    ...passed,
    customUserAgent: userAgent(passed.customUserAgent),
    ...(region !== undefined && { region }),
    ...(credentials !== undefined && {
      credentials: namedProvider(credentials) as NonNullable<SageMakerRuntimeClientConfig['credentials']>,
    }),
    ...(endpoint !== undefined && { endpoint }),
    requestHandler: requestHandler(passed.requestHandler, connectMs),
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

type RequestHandlerConfig = SageMakerRuntimeClientConfig['requestHandler']

/** `maxConcurrency` is the limit to set: a pool's queue cannot be left on abort, and its wait counts as connecting. */
const agent = { keepAlive: true, maxSockets: Number.POSITIVE_INFINITY }

function requestHandler(passed: RequestHandlerConfig, connectMs: number): NonNullable<RequestHandlerConfig> {
  if (passed !== undefined && isHandler(passed)) return passed as NonNullable<RequestHandlerConfig>
  const settings = (passed ?? {}) as HandlerSettings
  return {
    // 0 means none to the SDK's handler.
    connectionTimeout: connectMs === Number.POSITIVE_INFINITY ? 0 : connectMs,
    ...settings,
    httpAgent: agentSettings(settings.httpAgent),
    httpsAgent: agentSettings(settings.httpsAgent),
  } as NonNullable<RequestHandlerConfig>
}

interface HandlerSettings {
  readonly httpAgent?: object
  readonly httpsAgent?: object
}

/** A request handler, or a function that gets the settings of one; anything else are settings. */
function isHandler(passed: object): boolean {
  return typeof passed === 'function' || 'handle' in passed
}

/** An agent that was passed in is used as it is; settings are merged with ours. */
function agentSettings(passed: object = {}): object {
  return isAgent(passed) ? passed : { ...agent, ...passed }
}

function isAgent(passed: object = {}): boolean {
  return 'destroy' in passed
}

/** The name by which the SDK's own providers say that there are no credentials. */
const name = 'CredentialsProviderError'

/**
 * The same credentials; what a provider of the caller's throws is named as the SDK's own providers name it, so that it
 * is told from other failures.
 */
export function namedProvider(credentials: CredentialsOption): CredentialsOption {
  if (typeof credentials !== 'function') return credentials
  return async (): Promise<AwsCredentials> => {
    try {
      return await credentials()
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause)
      throw Object.assign(new Error(message, { cause }), { name })
    }
  }
}
