import type { StopReason } from '../converse/stop-reason.ts'
import type { ModelUsage } from './model-usage.ts'
import type { ModelResponseMetadata } from './response-metadata.ts'

/**
 * Members that every complete answer of a language model has in addition to its text.
 *
 * @public
 */
export interface GenerationResult {
  /** Why the model stopped. */
  readonly stopReason: StopReason
  /** The same in the container's own word; `undefined` when it gave none. */
  readonly rawStopReason: string | undefined
  /** The stop sequence at which the answer ended, where that is known. */
  readonly stopSequence?: string | undefined
  /** Tokens used; `undefined` when the container did not report them. */
  readonly usage: ModelUsage | undefined
  /** The container's own answer, parsed. Several values when a single answer was asked for and a stream came. */
  readonly raw: unknown
  /** Facts about the exchange. */
  readonly response: ModelResponseMetadata
  /** The container's id of the answer. */
  readonly id?: string | undefined
  /** The container's name of the model. */
  readonly modelName?: string | undefined
  /** When the container began to answer, by its own clock. */
  readonly createdAt?: Date | undefined
  /** The text as a value that the Standard Schema of `responseFormat` has validated; `undefined` without one. */
  readonly json?: unknown
}

/**
 * Members that a fragment of an answer can have in addition to its text. The last fragment has all of them.
 *
 * @public
 */
export interface GenerationProgress {
  /** Why the model stopped; with the last fragment only. */
  readonly stopReason?: StopReason | undefined
  /** The same in the container's own word; `undefined` when it gave none. */
  readonly rawStopReason?: string | undefined
  /** Tokens used; with the last fragment only, and `undefined` when the container did not report them. */
  readonly usage?: ModelUsage | undefined
  /** Facts about the exchange; with the last fragment only. */
  readonly response?: ModelResponseMetadata | undefined
  /** The container's own value that this fragment comes from, parsed. */
  readonly raw: unknown
}
