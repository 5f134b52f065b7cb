import type { EmbeddingKind } from '@x/bedrock-like-types'
import type {
  BatchCacheErrorDetails,
  BatchCallbacks,
  BatchCallEvent,
  BatchConcurrencyDetails,
  BatchEndDetails,
  BatchRequestDetails,
  BatchSplitDetails,
} from '@x/sagemaker-endpoint/model-kit'

/**
 * What every event of a call has.
 *
 * @public
 */
export interface EmbeddingEvent extends BatchCallEvent {
  /** What the vectors are for. */
  readonly kind: EmbeddingKind
}

/**
 * A request was answered with vectors.
 *
 * @public
 */
export type EmbeddingRequestEvent = EmbeddingEvent & BatchRequestDetails

/**
 * A request was refused and its items are sent again in parts: it was too large, or one of them is at fault.
 *
 * @public
 */
export type EmbeddingSplitEvent = EmbeddingEvent & BatchSplitDetails

/**
 * The number of requests in flight was changed.
 *
 * @public
 */
export type EmbeddingConcurrencyEvent = EmbeddingEvent & BatchConcurrencyDetails

/**
 * The cache failed, or has a value that is not a vector of this model; the call goes on without it.
 *
 * @public
 */
export type EmbeddingCacheErrorEvent = EmbeddingEvent & BatchCacheErrorDetails

/**
 * A call is over.
 *
 * @public
 */
export type EmbeddingEndEvent = EmbeddingEvent & BatchEndDetails

/**
 * A call has failed.
 *
 * @public
 */
export type EmbeddingErrorEvent = EmbeddingEndEvent & { readonly error: unknown }

/**
 * Called with the steps of every call; an item is a text or an image. Events hold no text. A callback can be asynchronous and is
 * not waited for; what it throws never affects the call, and is a process warning the first time.
 *
 * @public
 */
export type EmbeddingCallbacks = BatchCallbacks<EmbeddingEvent>
