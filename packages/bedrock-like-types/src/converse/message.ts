import type { ContentBlock } from './content-block.ts'

/**
 * Who speaks.
 *
 * @public
 */
export type ConversationRole = 'assistant' | 'system' | 'user'

/**
 * One turn of a conversation, as it is passed in.
 *
 * @public
 */
export interface Message {
  /** Who speaks. */
  readonly role: ConversationRole | undefined
  /** What is said, piece by piece. */
  readonly content: readonly ContentBlock[] | undefined
}
