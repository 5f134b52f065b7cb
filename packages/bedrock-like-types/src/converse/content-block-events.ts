import type { OneMember } from './one-member.ts'

/**
 * A tool call begins.
 *
 * @public
 */
export interface ToolUseBlockStart {
  /** Id of the call; the result has to name it. */
  readonly toolUseId: string
  /** Name of the tool. */
  readonly name: string
}

/**
 * A tool call goes on.
 *
 * @public
 */
export interface ToolUseBlockDelta {
  /** The next piece of the arguments, as JSON text: only all pieces together are JSON. */
  readonly input: string
}

/**
 * How a content block begins. Bedrock sends it for tool calls alone; text and reasoning begin with their first delta.
 *
 * @public
 */
export type ContentBlockStart = OneMember<
  {
    /** A tool call. */
    readonly toolUse: ToolUseBlockStart
  },
  'toolResult' | 'image'
>

/**
 * The next piece of reasoning.
 *
 * @public
 */
export type ReasoningContentBlockDelta = OneMember<{
  /** The next piece of the text. */
  readonly text: string
  /** Encrypted text, which only the model's provider can read. */
  readonly redactedContent: Uint8Array
  /** Proof of origin of the whole text. */
  readonly signature: string
}>

/**
 * The next piece of a content block.
 *
 * @public
 */
export type ContentBlockDelta = OneMember<
  {
    /** The next piece of text. */
    readonly text: string
    /** The next piece of a tool call. */
    readonly toolUse: ToolUseBlockDelta
    /** The next piece of reasoning. */
    readonly reasoningContent: ReasoningContentBlockDelta
  },
  'toolResult' | 'citation' | 'image'
>

/**
 * A content block begins.
 *
 * @public
 */
export interface ContentBlockStartEvent {
  /** How it begins. */
  readonly start: ContentBlockStart
  /** Index of the block in the message, from 0. */
  readonly contentBlockIndex: number
}

/**
 * A content block goes on.
 *
 * @public
 */
export interface ContentBlockDeltaEvent {
  /** Its next piece. */
  readonly delta: ContentBlockDelta
  /** Index of the block in the message, from 0. */
  readonly contentBlockIndex: number
}

/**
 * A content block has ended.
 *
 * @public
 */
export interface ContentBlockStopEvent {
  /** Index of the block in the message, from 0. */
  readonly contentBlockIndex: number
}
