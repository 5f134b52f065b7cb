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
  /** What the tool returned, as text. */
  readonly text: string
  /** What the tool returned, as an image. */
  readonly image: ImageBlock
  /** What the tool returned, as a document. */
  readonly document: DocumentBlock
  /** What the tool returned, as a video. */
  readonly video: VideoBlock
  /** What the tool found, which the answer can cite. */
  readonly searchResult: SearchResultBlock
}>

/**
 * The result of a tool call, passed back to the model.
 *
 * @public
 */
export interface ToolResultBlock {
  /** Id of the call, as the model gave it in `toolUse`. */
  readonly toolUseId: string | undefined
  /** What the tool returned. */
  readonly content: readonly ToolResultContentBlock[] | undefined
  /**
   * Whether the tool succeeded.
   *
   * @defaultValue it did
   */
  readonly status?: ToolResultStatus | undefined
  /** Set by Bedrock for the result of a tool that ran on its side. */
  readonly type?: string | undefined
}
