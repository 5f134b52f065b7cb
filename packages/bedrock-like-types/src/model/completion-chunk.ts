import type { GenerationProgress } from './generation-result.ts'

/**
 * A fragment of an answer to a prompt.
 *
 * @public
 */
export interface CompletionChunk extends GenerationProgress {
  /** The text that this fragment adds. Can be empty. */
  readonly delta: string
  /** All text so far, this fragment's included. */
  readonly text: string
}
