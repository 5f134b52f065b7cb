/**
 * How the model is to generate. What is not given is left to the model's own defaults.
 *
 * @public
 */
export interface InferenceConfiguration {
  /** Most tokens to generate. */
  readonly maxTokens?: number | undefined
  /** Randomness, from 0 (always the likeliest token). */
  readonly temperature?: number | undefined
  /** Draw only from the likeliest tokens that together have this probability, 0 to 1. */
  readonly topP?: number | undefined
  /** Texts at which generation ends. */
  readonly stopSequences?: readonly string[] | undefined
}
