import type { InputUnion } from './input-union.ts'

/**
 * The model decides whether it calls a tool.
 *
 * @public
 */
export interface AutoToolChoice {}

/**
 * The model has to call some tool.
 *
 * @public
 */
export interface AnyToolChoice {}

/**
 * The model has to call this tool.
 *
 * @public
 */
export interface SpecificToolChoice {
  /** Name of the tool. */
  readonly name: string | undefined
}

/**
 * Whether the model may, or has to, call a tool.
 *
 * @public
 */
export type ToolChoice = InputUnion<{
  /** The model decides. */
  readonly auto: AutoToolChoice
  /** Some tool has to be called. */
  readonly any: AnyToolChoice
  /** This tool has to be called. */
  readonly tool: SpecificToolChoice
}>
