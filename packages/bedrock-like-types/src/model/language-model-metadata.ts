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
  /** Name of the model. */
  readonly modelName: string
  /** Whether the model takes messages rather than a prompt alone. */
  readonly isChatModel: boolean
}
