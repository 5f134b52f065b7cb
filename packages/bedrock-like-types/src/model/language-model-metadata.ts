/**
 * What is known about a language model before it is called.
 *
 * @public
 */
export interface LanguageModelMetadata {
  /** Most tokens of prompt and answer together. */
  readonly contextWindow: number
  /** Most tokens to generate, unless a call says otherwise. */
  readonly maxNewTokens: number
  /** For logs and telemetry; not sent unless it was given as an option. */
  readonly modelName: string
  /** Whether the model takes messages, and not prompts only. */
  readonly isChatModel: boolean
}
