import type { GenerationResult } from './generation-result.ts'

/**
 * A complete answer to a prompt.
 *
 * @public
 */
export interface CompletionResponse extends GenerationResult {
  /** The generated text, without the prompt. */
  readonly text: string
}
