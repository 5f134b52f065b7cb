import { Readable } from 'node:stream'
import { ReportedFailure, type ServiceFailure } from '../../errors/service-failure.ts'
import type { RuntimeClient } from '../../options/endpoint-options.ts'
import { PayloadDecoder } from '../../wire/payload-decoder.ts'
import { type HttpResponse, type ReceivedResponse, receiveResponse } from '../../wire/receive-response.ts'
import type { Operation, RuntimeRequest } from '../../wire/runtime-request.ts'
import type { RuntimeResponse, SendOptions } from '../../wire/transport.ts'
import { rememberSecretsOf } from '../signed-request.ts'
import { type SdkRequestHandler, sendOnLiveSocket } from './idle-sockets.ts'
import type { RuntimeSdk } from './load-runtime-sdk.ts'
import { responseFromOutput } from './output-response.ts'
import { completeRequest, createCommand } from './runtime-command.ts'

/** Sends a request through a client that was passed in, with everything its owner has added to it. */
export async function sendThrough(
  client: RuntimeClient,
  sdk: RuntimeSdk,
  request: RuntimeRequest,
  { signal }: SendOptions,
): Promise<RuntimeResponse> {
  const captured = new CapturedResponse(request.operation)
  const command = createCommand(sdk, request)
  command.middlewareStack.add(
    (next) => (args) =>
      captured.capture(() => {
        rememberSecretsOf(args.request)
        return next(args)
      }),
    {
      step: 'deserialize',
      priority: 'low',
      name: 'captureResponse',
    },
  )
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
    // Its own retries may have met several dead connections. Our next attempt shall not.
    output = await sendOnLiveSocket(handlerOf(client), false, () =>
      client.send(command as never, { abortSignal: signal }),
    )
  } catch (error) {
    captured.taken?.body.destroy()
    throw captured.failure === undefined ? error : new ReportedFailure(captured.failure)
  }
  const { taken } = captured
  if (taken === undefined) return responseFromOutput(output)
  return { ...taken, decoder: request.operation === 'invokeStream' ? new PayloadDecoder() : undefined }
}

/**
 * Takes the raw response of one attempt from an SDK client that was passed in, which would decode it without limits and
 * lose the socket. The SDK keeps what it needs to go on: an empty body for a good response, a copy for an error, so that
 * its own retries and clock correction work as usual.
 */
class CapturedResponse {
  taken: ReceivedResponse | undefined
  failure: ServiceFailure | undefined
  readonly #operation: Operation

  constructor(operation: Operation) {
    this.#operation = operation
  }

  /** Called for each attempt of the SDK; the last one counts. */
  async capture<T extends { readonly response: unknown }>(handle: () => Promise<T>): Promise<T> {
    this.failure = undefined
    const result = await handle()
    const response = result.response as HttpResponse
    const received = await receiveResponse(response)
    if ('failure' in received) {
      this.failure = received.failure
      response.body = received.bytes
    } else {
      this.taken = received
      response.body = this.#operation === 'invokeStream' ? Readable.from([]) : new Uint8Array()
    }
    return result
  }
}

function handlerOf(client: RuntimeClient): SdkRequestHandler | undefined {
  return (client as { readonly config?: { readonly requestHandler?: SdkRequestHandler } }).config?.requestHandler
}
