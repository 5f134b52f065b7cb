import type { InputUnion } from './input-union.ts'

/**
 * The text in which a model thought before it answered.
 *
 * @public
 */
export interface ReasoningTextBlock {
  /** What the model reasoned. */
  readonly text: string | undefined
  /** Proof of origin, which some models want to see again in the next turn. */
  readonly signature?: string | undefined
}

/**
 * What a model thought before it answered, in a message that is passed in.
 *
 * @public
 */
export type ReasoningContentBlock = InputUnion<{
  /** Reasoning that can be read. */
  readonly reasoningText: ReasoningTextBlock
  /** Encrypted text, which only the model's provider can read. */
  readonly redactedContent: Uint8Array
}>
