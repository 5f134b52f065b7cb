import type { ModelResponseMetadata, ResponseMetadata } from '@x/bedrock-like-types'
import type { CallOptions, SagemakerEndpoint } from '@x/sagemaker-endpoint'
import type { AnswerOrigin } from '../parts/answer-error.ts'
import type { PreparedCall } from './prepare-call.ts'

/** One call on its way: what is sent with it, and what is known about its answer so far. */
export class CallContext {
  readonly prepared: PreparedCall
  readonly #endpointName: string
  readonly #startedAt = performance.now()
  #metadata: ResponseMetadata | undefined

  constructor(prepared: PreparedCall, endpoint: SagemakerEndpoint) {
    this.prepared = prepared
    this.#endpointName = endpoint.endpointName
  }

  /** The user's options for the endpoint, completed by what the container's format wants. */
  callOptions(options: CallOptions, signal: AbortSignal | undefined): CallOptions {
    const { request } = this.prepared
    return {
      ...options,
      contentType: options.contentType ?? request.contentType,
      accept: options.accept ?? request.accept,
      ...customAttributes(options.customAttributes, request.customAttributes),
      signal,
      onResponse: (metadata) => {
        this.#metadata = metadata
        options.onResponse?.(metadata)
      },
    }
  }

  /** Where the answer comes from, for errors. */
  origin(): AnswerOrigin {
    return {
      endpointName: this.#endpointName,
      request: this.prepared.request.body,
      statusCode: this.#metadata?.statusCode,
      requestId: this.#metadata?.requestId,
    }
  }

  /** Facts about the exchange, once the answer is complete. */
  response(metadata: ResponseMetadata | undefined = this.#metadata): ModelResponseMetadata {
    const durationMs = metadata?.timings.durationMs ?? performance.now() - this.#startedAt
    return {
      attempts: 1,
      ...metadata,
      timings: { ...metadata?.timings, durationMs },
      warnings: this.prepared.request.warnings,
    }
  }
}

function customAttributes(given: string | undefined, wanted: string | undefined): { customAttributes?: string } {
  const values = [wanted, given].filter((value) => value !== undefined && value !== '')
  return values.length === 0 ? {} : { customAttributes: values.join(',') }
}
