import type { InputUnion } from './input-union.ts'

/**
 * The value of a variable of a prompt that Bedrock stores.
 *
 * @public
 */
export type PromptVariableValues = InputUnion<{
  /** What the variable of the prompt is replaced with. */
  readonly text: string
}>
