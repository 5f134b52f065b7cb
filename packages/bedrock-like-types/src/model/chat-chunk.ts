import type { GenerationProgress } from './generation-result.ts'
import type { ToolCallDelta } from './tool-call-delta.ts'

/**
 * A fragment of an answer in a chat: of its text, of its reasoning, or of one tool call.
 *
 * @public
 */
export interface ChatChunk extends GenerationProgress {
  /** The text that this fragment adds. Empty when it adds something else. */
  readonly delta: string
  /** All text so far, this fragment's included. */
  readonly text: string
  /** The reasoning that this fragment adds. */
  readonly reasoningDelta?: string | undefined
  /** What this fragment adds to a tool call. */
  readonly toolCallDelta?: ToolCallDelta | undefined
}
