import type { SagemakerEndpoint, SagemakerEndpointOptions } from '@x/sagemaker-endpoint'
import type { EmbeddingCache } from './embedding-cache.ts'
import type { EmbeddingCallbacks } from './embedding-callbacks.ts'
import type { EmbeddingContentHandler, Pooling } from './embedding-content-handler.ts'
import type { EmbeddingTelemetryOptions } from './telemetry-options.ts'

/**
 * How texts become requests and answers become vectors.
 *
 * @public
 */
export interface EmbeddingOptions {
  /** The container's format. Default: `autoEmbedding()`. */
  readonly contentHandler?: EmbeddingContentHandler | undefined
  /** Most texts in one request. The container's own limit, when it is lower, counts. Default: 10. */
  readonly embedBatchSize?: number | undefined
  /** Most bytes in the body of a request with more than one text. Default: 25,000,000, SageMaker's limit. */
  readonly maxBatchBytes?: number | undefined
  /** Most requests in flight, of all calls together. Lowered while the endpoint throttles. Default: 4. */
  readonly concurrency?: number | undefined
  /** Wanted length of the vectors, for models that offer several. An answer of another length is refused. Default: the model's. */
  readonly dimensions?: number | undefined
  /**
   * `true`: vectors have unit length, whatever the container sends. `false`: the container is asked not to normalize, where
   * it can be. Default: vectors are as the container sends them.
   */
  readonly normalize?: boolean | undefined
  /**
   * Makes one vector per text of answers with one per token. Which is right depends on the model, so there is no default:
   * without it such answers are refused.
   */
  readonly pooling?: Pooling | undefined
  /** Put before every query, as it is, such as `'query: '`. Default: nothing. */
  readonly queryInstruction?: string | undefined
  /** Put before every text that is to be found, as it is, such as `'passage: '`. Default: nothing. */
  readonly textInstruction?: string | undefined
  /**
   * The container's own word for what texts are for; one for both, or one for each. Sent as `input_type` by
   * `cohereEmbedding()`, which has a default, and `openaiEmbedding()`, which has none.
   */
  readonly inputType?: string | EmbeddingInputTypes | undefined
  /** Name of the model: part of cache keys and telemetry, and sent as `model` where the container knows that. Default: none. */
  readonly modelName?: string | undefined
  /** Put into the body of every request, last: what a container offers beyond these options, such as `truncate`. */
  readonly additionalParameters?: Readonly<Record<string, unknown>> | undefined
  /** Where vectors are kept between calls. Default: nowhere. */
  readonly cache?: EmbeddingCache | undefined
  /** Sees the steps of every call. */
  readonly callbacks?: EmbeddingCallbacks | undefined
  /** OpenTelemetry spans and metrics of every call. Default: none. */
  readonly telemetry?: EmbeddingTelemetryOptions | undefined
}

/**
 * The container's own words for queries and for texts that are to be found.
 *
 * @public
 */
export interface EmbeddingInputTypes {
  /** For queries. */
  readonly query: string
  /** For texts that are to be found. */
  readonly text: string
}

/**
 * An endpoint that exists already. It has its own options, so none are given besides it.
 *
 * @public
 */
export type ExistingEndpoint = { readonly endpoint: SagemakerEndpoint } & {
  readonly [Option in Exclude<keyof SagemakerEndpointOptions, 'endpoint'>]?: undefined
}

/**
 * Options of `SagemakerEmbedding`: those of the embedding, and either those of `SagemakerEndpoint` or one that exists
 * already as `endpoint`. (As text, `endpoint` is the URL of the service.)
 *
 * @public
 */
export type SagemakerEmbeddingOptions = EmbeddingOptions & (SagemakerEndpointOptions | ExistingEndpoint)
