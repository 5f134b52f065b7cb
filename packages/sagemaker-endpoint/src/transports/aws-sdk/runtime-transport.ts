import { BuiltClient } from './built-client.ts'
import { loadRuntimeSdk, type RuntimeSdk } from './load-runtime-sdk.ts'
import type { ConnectionOptions, RuntimeClient } from '../../options/endpoint-options.ts'
import { CapturedResponse } from './captured-response.ts'
import { completeRequest } from './complete-request.ts'
import { createCommand } from './create-command.ts'
import { answerFromOutput } from './output-response.ts'
import { PayloadDecoder, unframed } from '../../wire/payload-decoder.ts'
import type { ReceivedAnswer } from '../../wire/receive-response.ts'
import { ReportedFailure } from '../../errors/reported-failure.ts'
import type { RuntimeRequest } from '../../wire/runtime-request.ts'
import type { RuntimeAnswer, SendOptions, Transport } from '../../wire/transport.ts'

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

  async send(request: RuntimeRequest, { signal, connectMs }: SendOptions): Promise<RuntimeAnswer> {
    const { client } = this.#options
    const sdk = await loadRuntimeSdk()
    if (client !== undefined) return sendThrough(client, sdk, request, signal)
    const answer = await this.#clientFor(sdk, connectMs).send(request, signal)
    return decodable(answer, request, signal)
  }

  destroy(): void {
    for (const client of this.#clients.values()) client.destroy()
    this.#clients.clear()
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

/** Sends a request through a client that was handed in, with all that its owner has added to it. */
async function sendThrough(
  client: RuntimeClient,
  sdk: RuntimeSdk,
  request: RuntimeRequest,
  signal: AbortSignal,
): Promise<RuntimeAnswer> {
  const captured = new CapturedResponse(request.operation)
  const command = createCommand(sdk, request)
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
  let output: unknown
  try {
    output = await client.send(command as never, { abortSignal: signal })
  } catch (error) {
    captured.taken?.body.destroy()
    throw captured.failure === undefined ? error : new ReportedFailure(captured.failure)
  }
  const { taken } = captured
  return taken === undefined ? answerFromOutput(output) : decodable(taken, request, signal)
}

/** The answer with what takes its framing off. It is closed if the call was left meanwhile. */
function decodable(answer: ReceivedAnswer, { operation }: RuntimeRequest, signal: AbortSignal): RuntimeAnswer {
  if (signal.aborted) answer.body.destroy()
  return { ...answer, decoder: operation === 'invokeStream' ? new PayloadDecoder() : unframed }
}
