import type { DocumentBlock } from './document-block.ts'
import type { InputDocument } from './document-type.ts'
import type { ImageBlock } from './image-block.ts'
import type { InputUnion } from './input-union.ts'
import type { SearchResultBlock } from './search-result-block.ts'
import type { VideoBlock } from './video-block.ts'

/**
 * Whether the tool succeeded.
 *
 * @public
 */
export type ToolResultStatus = 'error' | 'success'

/**
 * A piece of a tool's result.
 *
 * @public
 */
export type ToolResultContentBlock = InputUnion<{
  /** A JSON value. */
  readonly json: InputDocument
  /** Text. */
  readonly text: string
  /** An image. */
  readonly image: ImageBlock
  /** A document. */
  readonly document: DocumentBlock
  /** A video. */
  readonly video: VideoBlock
  /** A search result. */
  readonly searchResult: SearchResultBlock
}>

/**
 * The result of a tool call, handed back to the model.
 *
 * @public
 */
export interface ToolResultBlock {
  /** Id of the call, as the model gave it in `toolUse`. */
  readonly toolUseId: string | undefined
  /** The result. */
  readonly content: readonly ToolResultContentBlock[] | undefined
  /** Whether the tool succeeded. Default: it did. */
  readonly status?: ToolResultStatus | undefined
  /** Set by Bedrock for the result of a tool that ran on its side. */
  readonly type?: string | undefined
}
