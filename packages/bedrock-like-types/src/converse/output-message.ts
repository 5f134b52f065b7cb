import type { OutputContentBlock } from './output-content-block.ts'

/**
 * The model's turn, as it is returned. Can be appended to the messages of the next request as it is.
 *
 * @public
 */
export interface OutputMessage {
  /** The model speaks. */
  readonly role: 'assistant'
  /** What it says, piece by piece. */
  readonly content: OutputContentBlock[]
}
