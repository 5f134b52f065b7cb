import type { AudioBlock } from './audio-block.ts'
import type { CachePointBlock } from './cache-point-block.ts'
import type { CitationsContentBlock } from './citations-content-block.ts'
import type { DocumentBlock } from './document-block.ts'
import type { GuardrailConverseContentBlock } from './guardrail-content-block.ts'
import type { ImageBlock } from './image-block.ts'
import type { InputUnion } from './input-union.ts'
import type { ReasoningContentBlock } from './reasoning-content-block.ts'
import type { SearchResultBlock } from './search-result-block.ts'
import type { ToolAdditionBlock, ToolRemovalBlock } from './tool-change-block.ts'
import type { ToolResultBlock } from './tool-result-block.ts'
import type { ToolUseBlock } from './tool-use-block.ts'
import type { VideoBlock } from './video-block.ts'

/**
 * The members of a content block: exactly one of them is set.
 *
 * @public
 */
export interface ContentBlockMembers {
  /** What is said. */
  readonly text: string
  /** For models that see images. */
  readonly image: ImageBlock
  /** A document, such as a PDF file. */
  readonly document: DocumentBlock
  /** For models that see videos. */
  readonly video: VideoBlock
  /** Sound. */
  readonly audio: AudioBlock
  /** The model's request to call a tool. */
  readonly toolUse: ToolUseBlock
  /** The result of a tool call. */
  readonly toolResult: ToolResultBlock
  /** Content for a guardrail. */
  readonly guardContent: GuardrailConverseContentBlock
  /** The prompt may be cached up to here. */
  readonly cachePoint: CachePointBlock
  /** What the model thought before it answered. */
  readonly reasoningContent: ReasoningContentBlock
  /** Text with its citations. */
  readonly citationsContent: CitationsContentBlock
  /** What was found for a question, which the answer can cite. */
  readonly searchResult: SearchResultBlock
  /** A tool that can be used from here on. */
  readonly toolAddition: ToolAdditionBlock
  /** A tool that can no longer be used from here on. */
  readonly toolRemoval: ToolRemovalBlock
}

/**
 * One piece of a message that is passed in: text, an image, a tool call, a tool result, ...
 *
 * The Bedrock SDK's `ContentBlock` can be passed where this type is wanted, also one with members that are not known here.
 *
 * @public
 */
export type ContentBlock = InputUnion<ContentBlockMembers>
