import type { ContentBlockMembers } from './content-block.ts'
import type { DocumentType } from './document-type.ts'
import type { OneMember } from './one-member.ts'

/**
 * The model's request to call a tool, as it is returned.
 *
 * @public
 */
export interface OutputToolUseBlock {
  /** Id of the call; the result has to name it. */
  readonly toolUseId: string
  /** Name of the tool. */
  readonly name: string
  /** The arguments, parsed. */
  readonly input: DocumentType
}

/**
 * The text in which the model thought before it answered, as it is returned.
 *
 * @public
 */
export interface OutputReasoningTextBlock {
  /** What the model reasoned. */
  readonly text: string
  /** Proof of origin, which some models want to see again in the next turn. */
  readonly signature?: string | undefined
}

/**
 * What the model thought before it answered, as it is returned.
 *
 * @public
 */
export type OutputReasoningContentBlock = OneMember<{
  /** Reasoning that can be read. */
  readonly reasoningText: OutputReasoningTextBlock
  /** Encrypted text, which only the model's provider can read. */
  readonly redactedContent: Uint8Array
}>

/**
 * One piece of the model's answer: text, a tool call, or reasoning. Can be passed in again as a `ContentBlock`.
 *
 * @public
 */
export type OutputContentBlock = OneMember<
  {
    /** What the model says. */
    readonly text: string
    /** The model's request to call a tool. */
    readonly toolUse: OutputToolUseBlock
    /** What the model thought before it answered. */
    readonly reasoningContent: OutputReasoningContentBlock
  },
  keyof ContentBlockMembers
>
