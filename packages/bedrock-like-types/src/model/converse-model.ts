import type { ConverseRequest, ConverseStreamRequest } from '../converse/converse-request.ts'
import type { ConverseResponse } from '../converse/converse-response.ts'
import type { ConverseStreamResponse } from '../converse/converse-stream-response.ts'
import type { AbortOption } from './abort-option.ts'

/**
 * A language model that speaks the shapes of Bedrock's Converse API.
 *
 * @public
 */
export interface ConverseModel {
  /** Answers in a conversation. */
  converse(request: ConverseRequest, options?: AbortOption): Promise<ConverseResponse>
  /** Answers in a conversation, event by event. */
  converseStream(request: ConverseStreamRequest, options?: AbortOption): Promise<ConverseStreamResponse>
}
