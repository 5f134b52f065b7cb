import type { CitationsDelta } from './citations-delta.ts'
import type { DocumentType } from './document-type.ts'
import type { ErrorBlock } from './error-block.ts'
import type { ImageSourceMembers } from './image-block.ts'
import type { OneMember } from './one-member.ts'

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
 * The next piece of the result of a tool that runs on the side of Bedrock. Never sent here.
 *
 * @public
 */
export type ToolResultBlockDelta = OneMember<{
  /** The next piece of text. */
  readonly text: string
  /** A JSON value. */
  readonly json: DocumentType
}>

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
 * The next piece of an image. Never sent here.
 *
 * @public
 */
export interface ImageBlockDelta {
  /** The image, as bytes or as an object in S3. */
  readonly source?: OneMember<ImageSourceMembers> | undefined
  /** Why the image could not be made. */
  readonly error?: ErrorBlock | undefined
}

/**
 * The next piece of a content block.
 *
 * @public
 */
export type ContentBlockDelta = OneMember<{
  /** The next piece of text. */
  readonly text: string
  /** The next piece of a tool call. */
  readonly toolUse: ToolUseBlockDelta
  /** The next piece of the result of a tool of Bedrock. Never sent here. */
  readonly toolResult: ToolResultBlockDelta[]
  /** The next piece of reasoning. */
  readonly reasoningContent: ReasoningContentBlockDelta
  /** The next piece of a citation. Never sent here. */
  readonly citation: CitationsDelta
  /** The next piece of an image. Never sent here. */
  readonly image: ImageBlockDelta
}>
