import type { ToolChoice } from '../converse/tool-choice.ts'
import type { Tool } from '../converse/tool.ts'
import type { ResponseFormat } from './response-format.ts'

/**
 * What happens to text in which a model thinks aloud between `<think>` and `</think>`: left in the text as the
 * container sent it, or split off as reasoning.
 *
 * @public
 */
export type ReasoningMode = 'as-sent' | 'split'

/**
 * How a model is to generate. What is not given is left to the default of the model object, then to the container's.
 *
 * @public
 */
export interface GenerationOptions {
  /** Randomness, from 0 (always the likeliest token). */
  readonly temperature?: number | undefined
  /** Most tokens to generate. */
  readonly maxNewTokens?: number | undefined
  /** Draw only from the likeliest tokens that together have this probability, 0 to 1. */
  readonly topP?: number | undefined
  /** Draw only from this many of the likeliest tokens. */
  readonly topK?: number | undefined
  /** Texts at which generation ends. */
  readonly stopSequences?: readonly string[] | undefined
  /** Makes drawing repeatable, where the container can. */
  readonly seed?: number | undefined
  /** The tools that the model can ask to be called. */
  readonly tools?: readonly Tool[] | undefined
  /** Whether one of them has to be called. Default: the model decides. */
  readonly toolChoice?: ToolChoice | undefined
  /** The form that the text of the answer has to have. */
  readonly responseFormat?: ResponseFormat | undefined
  /** What happens to text in which the model thinks aloud. */
  readonly reasoning?: ReasoningMode | undefined
  /** The container's own parameters, under its own names; they win over everything else. */
  readonly additionalParameters?: Readonly<Record<string, unknown>> | undefined
}
