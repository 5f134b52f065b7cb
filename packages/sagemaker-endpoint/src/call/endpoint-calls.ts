import type { SagemakerEndpointOptions } from '../options/endpoint-options.ts'
import type { InvokeAsyncResult, InvokeResult } from '../options/invoke-result.ts'
import { AwsSdkTransport } from '../transports/aws-sdk/aws-sdk-transport.ts'
import type { Operation } from '../wire/runtime-request.ts'
import type { Transport } from '../wire/transport.ts'
import { CallRun } from './call-run.ts'
import { type CallInput, createCall, type SharedByCalls, sharedByCalls } from './call.ts'
import { ConcurrencyGovernor } from './concurrency-governor.ts'
import { invokeAsyncResult, readWhole } from './whole-response.ts'

/**
 * Makes the calls of one endpoint. Loaded with everything that it needs at the first call, so that importing the package
 * costs little.
 */
export class EndpointCalls {
  readonly #options: SagemakerEndpointOptions
  readonly #transport: Transport
  /** None where nothing limits the calls in flight. */
  readonly #governor: ConcurrencyGovernor | undefined
  #shared: SharedByCalls | undefined

  private constructor(options: SagemakerEndpointOptions, transport: Transport) {
    this.#options = options
    this.#transport = transport
    const { maxConcurrency = Number.POSITIVE_INFINITY } = options
    if (maxConcurrency === 'adaptive') this.#governor = new ConcurrencyGovernor(Number.POSITIVE_INFINITY)
    else if (Number.isFinite(maxConcurrency)) this.#governor = new ConcurrencyGovernor(maxConcurrency, false)
  }

  /** Loads the transport of the endpoint as well: most programs never need that of the OpenAI-compatible path. */
  static async load(options: SagemakerEndpointOptions): Promise<EndpointCalls> {
    if (options.transport !== 'openai') return new EndpointCalls(options, new AwsSdkTransport(options))
    const { OpenAIPathTransport } = await import('../transports/openai-path/openai-path-transport.ts')
    return new EndpointCalls(options, new OpenAIPathTransport(options))
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
    this.#shared ??= sharedByCalls(this.#options)
    return new CallRun(createCall(this.#options, operation, input, this.#shared), this.#transport, this.#governor)
  }
}
