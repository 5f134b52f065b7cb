import type { ConverseRequest, ConverseStreamRequest } from '../converse/converse-request.ts'
import type { ConverseResponse } from '../converse/converse-response.ts'
import type { ConverseStreamMetadataEvent, ConverseStreamOutput } from '../converse/converse-stream-output.ts'
import type { ConverseStreamResponse } from '../converse/converse-stream-response.ts'
import type { AbortOption } from './abort-option.ts'
import type { ModelResponseMetadata } from './response-metadata.ts'

/**
 * A Converse response with what Bedrock's has no member for.
 *
 * @public
 */
export interface ConverseModelResponse extends ConverseResponse {
  /** Facts about the exchange with the endpoint, warnings included. */
  readonly response: ModelResponseMetadata
}

/**
 * The `metadata` event of a Converse stream with what Bedrock's has no member for.
 *
 * @public
 */
export interface ConverseModelMetadataEvent extends ConverseStreamMetadataEvent {
  /** Facts about the exchange with the endpoint, warnings included. */
  readonly response: ModelResponseMetadata
}

/**
 * An event of a Converse stream. `metadata` has an additional member.
 *
 * @public
 */
export type ConverseModelStreamOutput =
  | Exclude<ConverseStreamOutput, { readonly metadata: ConverseStreamMetadataEvent }>
  | (Extract<ConverseStreamOutput, { readonly metadata: ConverseStreamMetadataEvent }> & {
      /** Tokens, times and warnings of the call. */
      readonly metadata: ConverseModelMetadataEvent
    })

/**
 * A Converse stream whose `metadata` event has an additional member.
 *
 * @public
 */
export interface ConverseModelStreamResponse extends ConverseStreamResponse {
  /** The events, which can be read once. Leaving the loop early ends the call. */
  readonly stream: AsyncIterable<ConverseModelStreamOutput>
}

/**
 * A language model that speaks the shapes of Bedrock's Converse API.
 *
 * @public
 */
export interface ConverseModel {
  /** Answers in a conversation. */
  converse(request: ConverseRequest, options?: AbortOption): Promise<ConverseModelResponse>
  /** Answers in a conversation, event by event. */
  converseStream(request: ConverseStreamRequest, options?: AbortOption): Promise<ConverseModelStreamResponse>
}
