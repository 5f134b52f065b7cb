import type { ContentBlockDelta } from './content-block-delta.ts'
import type { ContentBlockStart } from './content-block-start.ts'

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
