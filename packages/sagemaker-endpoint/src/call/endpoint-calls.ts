import type { SagemakerEndpointOptions } from '../options/endpoint-options.ts'
import type { InvokeAsyncResult, InvokeResult } from '../options/invoke-result.ts'
import { AwsConnection } from '../transports/aws-sdk/aws-connection.ts'
import { AwsSdkTransport } from '../transports/aws-sdk/aws-sdk-transport.ts'
import { OpenAIPathTransport } from '../transports/openai-path/openai-path-transport.ts'
import type { Operation } from '../wire/runtime-request.ts'
import type { Transport } from '../wire/transport.ts'
import { CallRun } from './call-run.ts'
import { type CallInput, createCall } from './call.ts'
import { ConcurrencyGovernor } from './concurrency-governor.ts'
import { invokeAsyncResult, readWhole } from './whole-response.ts'

/**
 * Makes the calls of one endpoint. Loaded with everything that it needs at the first call, so that importing the package
 * costs little.
 */
export class EndpointCalls {
  readonly #options: SagemakerEndpointOptions
  readonly #transport: Transport
  readonly #governor: ConcurrencyGovernor
  readonly #callHooks = {}

  constructor(options: SagemakerEndpointOptions) {
    this.#options = options
    this.#transport =
      options.transport === 'openai'
        ? new OpenAIPathTransport(new AwsConnection(options))
        : new AwsSdkTransport(options)
    const { maxConcurrency = Number.POSITIVE_INFINITY } = options
    this.#governor =
      maxConcurrency === 'adaptive'
        ? new ConcurrencyGovernor(Number.POSITIVE_INFINITY)
        : new ConcurrencyGovernor(maxConcurrency, false)
  }

  async invoke(input: CallInput): Promise<InvokeResult> {
    const { result } = await readWhole(this.#run('invoke', input))
    return result
  }

  async invokeAsync(input: CallInput): Promise<InvokeAsyncResult> {
    return invokeAsyncResult(await readWhole(this.#run('invokeAsync', input)), this.#options.endpointName)
  }

  /** The payloads of the response, those of one chunk from the socket at a time. */
  invokeStream(input: CallInput): AsyncIterable<readonly Uint8Array[]> {
    const run = this.#run('invokeStream', input)
    return { [Symbol.asyncIterator]: () => run }
  }

  destroy(): void {
    this.#transport.destroy()
  }

  #run(operation: Operation, input: CallInput): CallRun {
    return new CallRun(createCall(this.#options, operation, input, this.#callHooks), this.#transport, this.#governor)
  }
}
