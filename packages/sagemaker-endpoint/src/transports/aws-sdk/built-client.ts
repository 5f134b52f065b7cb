import type { SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime'
import { ReportedFailure } from '../../errors/service-failure.ts'
import type { ConnectionOptions } from '../../options/endpoint-options.ts'
import type { SendOptions } from '../../wire/transport.ts'
import { rememberSecretsOf } from '../signed-request.ts'
import { type SdkRequestHandler, sendOnLiveSocket } from './idle-sockets.ts'
import { type HttpResponse, type ReceivedResponse, receiveResponse } from '../../wire/receive-response.ts'
import type { RuntimeRequest } from '../../wire/runtime-request.ts'
import { clientConfig, ownsConnections } from './client-config.ts'
import type { RuntimeSdk } from './load-runtime-sdk.ts'
import { type BuiltRequest, PreparedRequests } from './prepared-requests.ts'
import { completeRequest, createCommand } from './runtime-command.ts'

/** One call on its way through the SDK. */
interface Dispatch {
  readonly request: RuntimeRequest
  readonly signal: AbortSignal
  response: ReceivedResponse | undefined
}

/** Where the steps, which serve all calls, find the call that they are in: on its input. */
const dispatchKey = Symbol('dispatch')

interface StepArguments {
  readonly input: { readonly [dispatchKey]?: Dispatch }
  readonly request?: unknown
}

type Step = (args: StepArguments) => Promise<unknown>

/**
 * An SDK client that is built here. Its middleware is resolved once, and serves all calls: the SDK would resolve it anew for
 * every call that comes with options such as an abort signal, which costs as much as the rest of the call.
 */
export class BuiltClient {
  readonly client: SageMakerRuntimeClient
  readonly #sdk: RuntimeSdk
  readonly #options: ConnectionOptions
  #prepared: PreparedRequests<Step> | undefined

  constructor(sdk: RuntimeSdk, options: ConnectionOptions, connectMs: number) {
    this.client = new sdk.SageMakerRuntimeClient(clientConfig(options, connectMs))
    this.#sdk = sdk
    this.#options = options
    if (isConstant(options)) {
      this.#prepared = new PreparedRequests()
      keepSigner(this.client.config)
    }
    this.#addSteps()
  }

  /**
   * Resolves at the headers of a good answer.
   *
   * @throws {ReportedFailure} for an answer with another status than 2xx.
   */
  send(request: RuntimeRequest, { signal, isRepeatable }: SendOptions): Promise<ReceivedResponse> {
    const handler = this.client.config.requestHandler as SdkRequestHandler
    return sendOnLiveSocket(handler, isRepeatable, () => this.#sendOnce(request, signal))
  }

  async #sendOnce(request: RuntimeRequest, signal: AbortSignal): Promise<ReceivedResponse> {
    const dispatch: Dispatch = { request, signal, response: undefined }
    const prepared = this.#prepared?.find(request)
    try {
      if (prepared === undefined) await this.#sendCommand(createCommand(this.#sdk, request), dispatch)
      else await prepared.send({ input: { [dispatchKey]: dispatch }, request: prepared.built })
    } catch (error) {
      dispatch.response?.body.destroy()
      throw error
    }
    return dispatch.response as unknown as ReceivedResponse
  }

  /** Closes its connections, unless they belong to a request handler or agent that was passed in. */
  destroy(): void {
    if (ownsConnections(this.#options)) this.client.destroy()
  }

  async #sendCommand(command: ReturnType<typeof createCommand>, dispatch: Dispatch): Promise<void> {
    Object.assign(command.input, { [dispatchKey]: dispatch })
    try {
      await this.client.send(command)
    } finally {
      // The SDK keeps the first command of each kind with its steps: it is not to keep a prompt and a socket as well.
      Object.assign(command.input, { Body: undefined, [dispatchKey]: undefined })
    }
  }

  #addSteps(): void {
    const { middlewareStack, config } = this.client
    const dispatchOf = (args: object): Dispatch | undefined => (args as StepArguments).input[dispatchKey]
    middlewareStack.add(
      (next) => (args) => {
        const dispatch = dispatchOf(args)
        if (dispatch !== undefined) completeRequest(args.request, dispatch.request)
        return next(args)
      },
      // Before the length of the body is counted.
      { step: 'build', priority: 'high', name: 'completeRequest' },
    )
    middlewareStack.add(
      (next) => (args) => {
        const dispatch = dispatchOf(args)
        if (dispatch !== undefined)
          this.#prepared?.keep(dispatch.request, args.request as BuiltRequest, next as unknown as Step)
        return next(args)
      },
      // The last step before those of each single attempt, which add headers and sign.
      { step: 'build', priority: 'low', name: 'keepRequest' },
    )
    middlewareStack.add(
      (next) => async (args) => {
        const dispatch = dispatchOf(args)
        if (dispatch === undefined) return next(args)
        rememberSecretsOf(args.request)
        const { response } = await config.requestHandler.handle(args.request as never, {
          abortSignal: dispatch.signal,
        })
        dispatch.response = await goodResponse(response as HttpResponse)
        return { response, output: { $metadata: {} } as never }
      },
      // In place of the SDK's reading, which knows no limits and loses the socket.
      { step: 'deserialize', priority: 'high', name: 'receiveResponse' },
    )
  }
}

async function goodResponse(response: HttpResponse): Promise<ReceivedResponse> {
  const received = await receiveResponse(response)
  if (!('failure' in received)) return received
  // From the response the SDK learns the server's clock.
  throw Object.assign(new ReportedFailure(received.failure), { $response: response })
}

/** The SDK makes a signer for each request. One is enough: it asks for the credentials each time. */
function keepSigner(config: SageMakerRuntimeClient['config']): void {
  const make = config.signer
  let made: ReturnType<typeof make> | undefined
  config.signer = (scheme) => {
    made ??= make(scheme).catch((error: unknown) => {
      made = undefined
      throw error
    })
    return made
  }
}

/** Whether the SDK makes the same of equal requests: functions and objects may tell it something else each time. */
function isConstant({ clientOptions = {} }: ConnectionOptions): boolean {
  return Object.entries(clientOptions).every(
    ([name, value]) => notOfRequests.has(name) || (typeof value !== 'object' && typeof value !== 'function'),
  )
}

/** Options that are asked for each request, or cannot change. */
const notOfRequests: ReadonlySet<string> = new Set(['credentials', 'customUserAgent', 'requestHandler'])
