import type { ContentBlock } from '../converse/content-block.ts'
import type { ConversationRole } from '../converse/message.ts'

/**
 * One turn of a conversation. A Converse `Message` is one, too.
 *
 * @public
 */
export interface ConversationMessage {
  /** Who speaks. */
  readonly role: ConversationRole | undefined
  /** What is said: text, or content blocks (text, images, tool calls, tool results, reasoning). */
  readonly content: string | readonly ContentBlock[] | undefined
}

/**
 * Shorthand for a user message with one `toolResult` block.
 *
 * @public
 */
export interface ToolMessage {
  /** Marks the shorthand. */
  readonly role: 'tool'
  /** Id of the tool call that this answers. */
  readonly toolCallId: string
  /** The tool's result as text. */
  readonly content: string
}

/**
 * What a chat is made of.
 *
 * @public
 */
export type ChatMessage = ConversationMessage | ToolMessage
