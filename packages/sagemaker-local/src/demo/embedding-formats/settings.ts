/** Settings of a demo embedding model. */
export interface EmbeddingSettings {
  readonly modelName: string
  readonly dimensions: number
  /** Longest text, in tokens. */
  readonly maxTokens: number
}
