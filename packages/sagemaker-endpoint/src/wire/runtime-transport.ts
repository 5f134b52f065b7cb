import type { ConnectionOptions } from '../endpoint-options.ts'
import { BuiltClient, type Dispatch } from '../connection/built-client.ts'
import { CapturedResponse } from './captured-response.ts'
import { commandInput } from './command-input.ts'
import { completeRequest } from './complete-request.ts'
import { answerFromOutput } from './output-answer.ts'
import { PayloadDecoder, unframed } from './payload-decoder.ts'
import { ReportedFailure } from './reported-failure.ts'
import type { RuntimeRequest } from './runtime-request.ts'
import { loadRuntimeSdk, type RuntimeSdk } from '../connection/load-runtime-sdk.ts'
import type { RuntimeAnswer, SendOptions, Transport } from './transport.ts'

/** SageMaker Runtime through the AWS SDK. */
export class RuntimeTransport implements Transport {
  readonly #options: ConnectionOptions
  /** One client for each connection limit in use, since that is a setting of the client. */
  readonly #clients = new Map<number, BuiltClient>()

  constructor(options: ConnectionOptions) {
    this.#options = options
  }

  load(): Promise<unknown> {
    return loadRuntimeSdk()
  }

  async send(request: RuntimeRequest, options: SendOptions): Promise<RuntimeAnswer> {
    const sdk = await loadRuntimeSdk()
    const captured = new CapturedResponse(request.operation)
    const command = createCommand(sdk, request)
    let output: unknown
    try {
      const dispatch = { captured, signal: options.signal, request }
      output = await this.#dispatch(sdk, command, dispatch, options.connectMs)
    } catch (error) {
      captured.taken?.body.destroy()
      throw captured.failure === undefined ? error : new ReportedFailure(captured.failure)
    }
    const { taken } = captured
    if (taken === undefined) return answerFromOutput(output)
    if (options.signal.aborted) taken.body.destroy()
    return { ...taken, decoder: request.operation === 'invokeStream' ? new PayloadDecoder() : unframed }
  }

  destroy(): void {
    for (const client of this.#clients.values()) client.destroy()
    this.#clients.clear()
  }

  #dispatch(sdk: RuntimeSdk, command: Command, dispatch: Dispatch, connectMs: number): Promise<unknown> {
    const { client } = this.#options
    if (client === undefined) return this.#clientFor(sdk, connectMs).send(command, dispatch)
    const { captured, signal, request } = dispatch
    command.middlewareStack.add((next) => (args) => captured.capture(() => next(args)), {
      step: 'deserialize',
      priority: 'low',
      name: 'captureResponse',
    })
    command.middlewareStack.add(
      (next) => (args) => {
        completeRequest(args.request, request)
        return next(args)
      },
      // Before the length of the body is counted.
      { step: 'build', priority: 'high', name: 'completeRequest' },
    )
    return client.send(command as never, { abortSignal: signal })
  }

  #clientFor(sdk: RuntimeSdk, connectMs: number): BuiltClient {
    let client = this.#clients.get(connectMs)
    if (client === undefined) {
      client = new BuiltClient(sdk, this.#options, connectMs)
      this.#clients.set(connectMs, client)
    }
    return client
  }
}

type Command = InstanceType<RuntimeSdk['InvokeEndpointCommand']>

const commands = {
  invoke: 'InvokeEndpointCommand',
  invokeStream: 'InvokeEndpointWithResponseStreamCommand',
  invokeAsync: 'InvokeEndpointAsyncCommand',
} as const

function createCommand(sdk: RuntimeSdk, request: RuntimeRequest): Command {
  const Constructor = sdk[commands[request.operation]] as unknown as new (input: object) => Command
  return new Constructor(commandInput(request))
}
