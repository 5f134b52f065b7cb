import type { SageMakerRuntimeClient, SageMakerRuntimeClientConfig } from '@aws-sdk/client-sagemaker-runtime'
import type { ConnectionOptions } from '../endpoint-options.ts'
import type { CapturedResponse } from '../wire/captured-response.ts'
import { completeRequest } from '../wire/complete-request.ts'
import type { RuntimeRequest } from '../wire/runtime-request.ts'
import { namedProvider } from './named-provider.ts'
import type { RuntimeSdk } from './load-runtime-sdk.ts'

/** What one command of a built client is sent with. */
export interface Dispatch {
  readonly captured: CapturedResponse
  readonly signal: AbortSignal
  readonly request: RuntimeRequest
}

/**
 * An SDK client of our own: no retries, as many sockets as calls, and its middleware resolved once. The SDK resolves it
 * anew for every call that comes with options such as an abort signal, which costs as much as the rest of the call;
 * signal and capture are therefore kept per input here, for one middleware that serves all calls.
 */
export class BuiltClient {
  readonly client: SageMakerRuntimeClient
  readonly #dispatches = new WeakMap<object, Dispatch>()
  readonly #ownsConnections: boolean

  constructor(sdk: RuntimeSdk, options: ConnectionOptions, connectMs: number) {
    this.client = new sdk.SageMakerRuntimeClient(clientConfig(options, connectMs))
    const passed: SageMakerRuntimeClientConfig = options.clientOptions ?? {}
    this.#ownsConnections = !isHandedIn(passed.requestHandler)
    this.client.middlewareStack.add(
      (next) => (args) => {
        const dispatch = this.#dispatches.get(args.input)
        if (dispatch === undefined) return next(args)
        const { captured, signal } = dispatch
        // The last step of the stack: what `next` would do, with the signal of this call.
        return captured.capture(async () => ({
          ...(await this.client.config.requestHandler.handle(args.request as never, { abortSignal: signal })),
          output: { $metadata: {} },
        }))
      },
      { step: 'deserialize', priority: 'low', name: 'captureResponse' },
    )
    this.client.middlewareStack.add(
      (next) => (args) => {
        const dispatch = this.#dispatches.get(args.input)
        if (dispatch !== undefined) completeRequest(args.request, dispatch.request)
        return next(args)
      },
      // Before the length of the body is counted.
      { step: 'build', priority: 'high', name: 'completeRequest' },
    )
  }

  send(command: { readonly input: object }, dispatch: Dispatch): Promise<unknown> {
    this.#dispatches.set(command.input, dispatch)
    return this.client.send(command as never)
  }

  /** Closes its connections, unless somebody else's request handler or agent keeps them. */
  destroy(): void {
    if (this.#ownsConnections) this.client.destroy()
  }
}

function clientConfig(options: ConnectionOptions, connectMs: number): SageMakerRuntimeClientConfig {
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

/** An agent that was handed in is used as it is; settings are merged with ours. */
function agentSettings(passed: object = {}): object {
  return isAgent(passed) ? passed : { ...agent, ...passed }
}

function isAgent(passed: object = {}): boolean {
  return 'destroy' in passed
}

function isHandedIn(passed: RequestHandlerConfig): boolean {
  if (passed === undefined) return false
  const { httpAgent, httpsAgent } = passed as HandlerSettings
  return isHandler(passed) || isAgent(httpAgent) || isAgent(httpsAgent)
}
