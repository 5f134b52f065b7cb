import type { CallOptions } from '../options/call-options.ts'
import { CallLifetime } from './call-lifetime.ts'
import { CallReport } from './call-report.ts'
import type { Call } from './call.ts'
import { ConcurrencyLimit } from './concurrency-limit.ts'
import { readWhole } from './read-whole.ts'
import { retryLimits } from './retry-plan.ts'
import { type CallResources, CallRun } from './call-run.ts'
import { timeLimitError, timeLimits } from './time-limits.ts'
import { AwsConnection } from '../transports/aws-sdk/aws-connection.ts'
import type { SagemakerEndpointOptions } from '../options/endpoint-options.ts'
import type { InvokeAsyncInput } from '../options/invoke-async-input.ts'
import { type InvokeAsyncResult, invokeAsyncResult } from './invoke-async-result.ts'
import type { InvokeResult } from '../options/invoke-result.ts'
import { OpenaiTransport } from '../transports/openai-path/openai-transport.ts'
import { checkRequest } from '../wire/check-request.ts'
import { type Operation, runtimeRequest } from '../wire/runtime-request.ts'
import { RuntimeTransport } from '../transports/aws-sdk/runtime-transport.ts'

/** One call as its caller states it. */
export interface CallSpecification {
  readonly body: Uint8Array | string
  /** Of an asynchronous call. */
  readonly asyncInput?: InvokeAsyncInput | undefined
  readonly options: CallOptions
  /** Ends the call; a `SagemakerError` as its reason is what the caller gets. */
  readonly signal: AbortSignal
  /** When the caller made the call, by `performance.now()`. */
  readonly startedAt: number
}

/**
 * Makes the calls of one endpoint. Loaded with all that it needs at the first of them, so that importing the package
 * costs little.
 */
export class EndpointCalls {
  readonly #options: SagemakerEndpointOptions
  readonly #resources: CallResources

  constructor(options: SagemakerEndpointOptions) {
    this.#options = options
    this.#resources = {
      transport:
        options.transport === 'openai'
          ? new OpenaiTransport(new AwsConnection(options))
          : new RuntimeTransport(options),
      limit: new ConcurrencyLimit(options.maxConcurrency ?? Number.POSITIVE_INFINITY),
    }
  }

  async invoke(specification: CallSpecification): Promise<InvokeResult> {
    const { body, metadata } = await readWhole(this.#call('invoke', specification), this.#resources)
    return { body, metadata }
  }

  async invokeAsync(specification: CallSpecification): Promise<InvokeAsyncResult> {
    const answer = await readWhole(this.#call('invokeAsync', specification), this.#resources)
    return invokeAsyncResult(answer, this.#options.endpointName)
  }

  /** The payloads of the answer, those of one chunk from the socket at a time. */
  invokeStream(specification: CallSpecification): AsyncIterable<readonly Uint8Array[]> {
    const run = new CallRun(this.#call('invokeStream', specification), this.#resources)
    return { [Symbol.asyncIterator]: () => run }
  }

  destroy(): void {
    this.#resources.transport.destroy()
  }

  #call(operation: Operation, specification: CallSpecification): Call {
    const { body, asyncInput, options, signal, startedAt } = specification
    const { endpointName, timeouts, retry, observers = [] } = this.#options
    const request = runtimeRequest(operation, { body, asyncInput }, this.#options, options)
    checkRequest(request)
    const limits = timeLimits(timeouts, options.timeouts)
    return {
      request,
      limits,
      retry: retryLimits(retry, options.retry),
      lifetime: new CallLifetime(signal, limits.totalMs, () => timeLimitError('totalMs', limits.totalMs, endpointName)),
      report: new CallReport(observers, endpointName, operation, startedAt),
      retryListeners: [retry?.onRetry, options.retry?.onRetry],
      onResponse: options.onResponse,
    }
  }
}
