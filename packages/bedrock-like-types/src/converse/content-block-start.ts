import type { ImageFormat } from './image-block.ts'
import type { OneMember } from './one-member.ts'
import type { ToolResultStatus } from './tool-result-block.ts'
import type { ToolUseType } from './tool-use-block.ts'

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
  /** Set by Bedrock when the tool runs on its side; never here. */
  readonly type?: ToolUseType | undefined
}

/**
 * The result of a tool that runs on the side of Bedrock begins. Never sent here.
 *
 * @public
 */
export interface ToolResultBlockStart {
  /** Id of the call. */
  readonly toolUseId: string
  /** Kind of the result. */
  readonly type?: string | undefined
  /** Whether the tool succeeded. */
  readonly status?: ToolResultStatus | undefined
}

/**
 * An image begins. Never sent here.
 *
 * @public
 */
export interface ImageBlockStart {
  /** The format of the file. */
  readonly format: ImageFormat
}

/**
 * How a content block begins. Bedrock sends it for tool calls only; text and reasoning begin with their first delta.
 *
 * @public
 */
export type ContentBlockStart = OneMember<{
  /** A tool call. */
  readonly toolUse: ToolUseBlockStart
  /** The result of a tool of Bedrock. Never sent here. */
  readonly toolResult: ToolResultBlockStart
  /** An image. Never sent here. */
  readonly image: ImageBlockStart
}>
