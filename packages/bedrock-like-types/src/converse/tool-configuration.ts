import type { ToolChoice } from './tool-choice.ts'
import type { Tool } from './tool.ts'

/**
 * The tools that the model can ask to be called.
 *
 * @public
 */
export interface ToolConfiguration {
  /** What the model can ask to be called. */
  readonly tools: readonly Tool[] | undefined
  /**
   * Whether one of them has to be called.
   *
   * @defaultValue the model decides
   */
  readonly toolChoice?: ToolChoice | undefined
}
