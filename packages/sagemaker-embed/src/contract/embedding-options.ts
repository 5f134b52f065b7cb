import type {
  AbortOption,
  EmbeddingDtype,
  EmbeddingKind,
  EmbedOptions,
  EmbedStreamOptions,
} from '@x/bedrock-like-types'
import type { CallOptions } from '@x/sagemaker-endpoint'
import type { EndpointOrOptions, TelemetryOptions } from '@x/sagemaker-endpoint/model-kit'
import type { EmbeddingCache } from './embedding-cache.ts'
import type { EmbeddingCallbacks } from './embedding-callbacks.ts'
import type { EmbeddingContentHandler, Pooling } from './embedding-content-handler.ts'

/**
 * How texts become requests and answers become vectors.
 *
 * @public
 */
export interface EmbeddingOptions {
  /**
   * The container's format.
   * @defaultValue `autoEmbedding()`
   */
  readonly contentHandler?: EmbeddingContentHandler | undefined
  /**
   * Most texts in one request. The container's own limit counts if it is lower.
   * @defaultValue 10
   */
  readonly embedBatchSize?: number | undefined
  /**
   * Most bytes in the body of a request with more than one text.
   * @defaultValue 25,000,000, SageMaker's limit
   */
  readonly maxBatchBytes?: number | undefined
  /**
   * Most requests in flight, of all calls together. Lowered while the endpoint throttles.
   * @defaultValue 4
   */
  readonly concurrency?: number | undefined
  /**
   * Wanted length of the vectors, for models that offer several. An answer of another length is refused.
   * @defaultValue the model's
   */
  readonly dimensions?: number | undefined
  /**
   * `true`: vectors have unit length, whatever the container sends. `false`: the container is asked not to normalize, where
   * it can be asked.
   * @defaultValue vectors are as the container sends them
   */
  readonly normalize?: boolean | undefined
  /**
   * Makes one vector per text of answers with one per token. Which is right depends on the model, so there is no default:
   * without it such answers are refused.
   */
  readonly pooling?: Pooling | undefined
  /**
   * Put before every query, as it is, such as `'query: '`.
   * @defaultValue nothing
   */
  readonly queryInstruction?: string | undefined
  /**
   * Put before every text that is to be found, as it is, such as `'passage: '`.
   * @defaultValue nothing
   */
  readonly textInstruction?: string | undefined
  /**
   * The container's own word for what texts are for: one for both kinds, or one for each. Sent as `prompt_name` by
   * `teiEmbedding()`, `task` by `jinaEmbedding()`, and `input_type` by `cohereEmbedding()`, which has a default, and
   * `openaiEmbedding()`, whose name for it can be chosen. Formats without a parameter for it refuse it.
   */
  readonly inputType?: string | EmbeddingInputTypes | undefined
  /** Name of the model: part of cache keys and telemetry, and sent as `model` where the container knows that member. */
  readonly modelName?: string | undefined
  /** Put into the body of every request, last: what a container offers beyond these options, such as `truncate`. */
  readonly additionalParameters?: Readonly<Record<string, unknown>> | undefined
  /**
   * Where vectors are kept between calls.
   * @defaultValue nowhere
   */
  readonly cache?: EmbeddingCache | undefined
  /** Called with the steps of every call. */
  readonly callbacks?: EmbeddingCallbacks | undefined
  /**
   * OpenTelemetry spans and metrics of every call.
   * @defaultValue none
   */
  readonly telemetry?: TelemetryOptions | undefined
}

/**
 * The container's own words for queries and for texts that are to be found.
 *
 * @public
 */
export type EmbeddingInputTypes = Readonly<Record<EmbeddingKind, string>>

/**
 * Options of `SagemakerEmbedding`: those of the embedding, and either those of `SagemakerEndpoint` or one that exists already as
 * `endpoint`. (As text, `endpoint` is the URL of the service.)
 *
 * @public
 */
export type SagemakerEmbeddingOptions = EmbeddingOptions & EndpointOrOptions

/**
 * Routing, time limits and retries of one call. They override those of the endpoint.
 *
 * @public
 */
export type EmbeddingRequestOptions = Omit<CallOptions, 'contentType' | 'accept' | 'signal'>

/**
 * Options of `embed()`.
 *
 * @public
 */
export type SagemakerEmbedOptions<D extends EmbeddingDtype = EmbeddingDtype> = EmbedOptions<D> & EmbeddingRequestOptions

/**
 * Options of `embedStream()`.
 *
 * @public
 */
export interface SagemakerEmbedStreamOptions<D extends EmbeddingDtype = EmbeddingDtype>
  extends EmbedStreamOptions, EmbeddingRequestOptions {
  /**
   * What the vectors are for.
   * @defaultValue `'text'`
   */
  readonly kind?: EmbeddingKind | undefined
  /**
   * Length of the vectors, for models that have a choice.
   * @defaultValue that of the model object
   */
  readonly dimensions?: number | undefined
  /**
   * Type of the elements.
   * @defaultValue `'float32'`
   */
  readonly dtype?: D | undefined
}

/**
 * Options of a call for embeddings of another form than one dense vector.
 *
 * @public
 */
export interface SpecialEmbeddingOptions extends AbortOption, EmbeddingRequestOptions {
  /**
   * What the vectors are for.
   * @defaultValue `'text'`
   */
  readonly kind?: EmbeddingKind | undefined
}
