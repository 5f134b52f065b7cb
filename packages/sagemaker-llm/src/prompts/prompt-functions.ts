import type { ChatMessage, Tool } from '@x/bedrock-like-types'

/**
 * What a conversation brings besides its messages.
 *
 * @public
 */
export interface MessagesToPromptContext {
  /** The tools of the call; empty when it has none. */
  readonly tools: readonly Tool[]
}

/**
 * Writes a conversation as one prompt, for containers that take no messages.
 *
 * The system prompt is the first message, whether it came with the conversation or from the option `systemPrompt`.
 *
 * @public
 */
export type MessagesToPrompt = (
  messages: readonly ChatMessage[],
  context: MessagesToPromptContext,
) => string | Promise<string>

/**
 * What a prompt brings besides its text.
 *
 * @public
 */
export interface CompletionToPromptContext {
  /** The option `systemPrompt`; it is not in the prompt yet. */
  readonly systemPrompt: string | undefined
}

/**
 * Wraps the prompt of `complete` and `streamComplete`, such as an instruction for a chat model.
 *
 * @public
 */
export type CompletionToPrompt = (prompt: string, context: CompletionToPromptContext) => string | Promise<string>
