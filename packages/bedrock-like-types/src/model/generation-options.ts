import type { ToolChoice } from '../converse/tool-choice.ts'
import type { Tool } from '../converse/tool.ts'
import type { ResponseFormat } from './response-format.ts'

/**
 * What happens to text in which a model reasons before it answers, between tags such as `<think>` and `</think>`:
 *
 * - `'as-sent'`: it stays in the text, as the container sent it.
 * - `'split'`: it becomes reasoning, also where only the closing tag arrives. Text is held back until that is decided.
 * - `'auto'`: it becomes reasoning where the answer begins with a known opening tag. Text is never held back for longer than
 *   that takes.
 *
 * @public
 */
export type ReasoningMode = 'as-sent' | 'split' | 'auto'

/**
 * The tags around text in which a model reasons.
 *
 * @public
 */
export interface ReasoningTags {
  /** Begins the reasoning. */
  readonly open: string
  /** Ends it. */
  readonly close: string
}

/**
 * How much a model is to reason before it answers. Other words are passed on as they are.
 *
 * @public
 */
export type ReasoningEffort = 'none' | 'minimal' | 'low' | 'medium' | 'high' | (string & {})

/**
 * The model cannot call a tool, although it is given some. Bedrock's `ToolChoice` has no such member.
 *
 * @public
 */
export interface NoToolChoice {
  /** No tool. */
  readonly none: object
  /** Never set: tells the choices apart. */
  readonly auto?: never
  /** Never set: tells the choices apart. */
  readonly any?: never
  /** Never set: tells the choices apart. */
  readonly tool?: never
}

/**
 * How a model is to generate. What is not given is left to the default of the model object, then to the container's.
 *
 * @public
 */
export interface GenerationOptions {
  /** Randomness, from 0 (always the likeliest token); `null` leaves it to the container. */
  readonly temperature?: number | null | undefined
  /** Most tokens to generate; `null` leaves it to the container. */
  readonly maxNewTokens?: number | null | undefined
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
  /**
   * Whether one of them has to be called, or none can be.
   *
   * @defaultValue the model decides
   */
  readonly toolChoice?: ToolChoice | NoToolChoice | undefined
  /** The form that the text of the answer has to have. */
  readonly responseFormat?: ResponseFormat | undefined
  /**
   * What happens to text in which the model reasons.
   *
   * @defaultValue `'as-sent'`
   */
  readonly reasoning?: ReasoningMode | undefined
  /**
   * Tags around reasoning, in addition to the known ones.
   *
   * @defaultValue none
   */
  readonly reasoningTags?: readonly ReasoningTags[] | undefined
  /** How much the model is to reason. */
  readonly reasoningEffort?: ReasoningEffort | undefined
  /** Makes tokens less likely that have occurred at all, usually -2 to 2; negative: more likely. */
  readonly presencePenalty?: number | undefined
  /** Makes tokens less likely the more often they have occurred, usually -2 to 2; negative: more likely. */
  readonly frequencyPenalty?: number | undefined
  /** Whether the model can ask for several tool calls in one answer. */
  readonly parallelToolCalls?: boolean | undefined
  /** Whether log probabilities of the tokens are reported, or how many alternatives per token. They are found in `raw` only. */
  readonly logprobs?: boolean | number | undefined
  /** The container's own parameters, under its own names; they win over everything else. */
  readonly additionalParameters?: Readonly<Record<string, unknown>> | undefined
}
