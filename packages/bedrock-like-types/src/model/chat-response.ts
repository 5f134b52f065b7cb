import type { OutputMessage } from '../converse/output-message.ts'
import type { GenerationResult } from './generation-result.ts'
import type { ToolCall } from './tool-call.ts'

/**
 * A complete answer in a chat.
 *
 * @public
 */
export interface ChatResponse extends GenerationResult {
  /** The model's turn. Can be appended to the messages of the next call as it is. */
  readonly message: OutputMessage
  /** Its text, all text blocks together. */
  readonly text: string
  /** What the model thought before it answered. */
  readonly reasoning?: string | undefined
  /** The tool calls that it asks for, in its order. */
  readonly toolCalls: readonly ToolCall[]
}
