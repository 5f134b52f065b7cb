import type { ConverseResponseMetadata } from './converse-response-metadata.ts'
import type { ConverseStreamOutput } from './converse-stream-output.ts'

/**
 * What `converseStream` answers. Can be used where the Bedrock SDK's `ConverseStreamCommandOutput` is wanted.
 *
 * @public
 */
export interface ConverseStreamResponse {
  /** The events, which can be read once. Leaving the loop early ends the call. */
  readonly stream: AsyncIterable<ConverseStreamOutput>
  /** Facts about the HTTP exchange. */
  readonly $metadata: ConverseResponseMetadata
}
