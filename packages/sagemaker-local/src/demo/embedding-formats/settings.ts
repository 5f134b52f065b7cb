/** What a format knows about the demo embedding model behind it. */
export interface EmbeddingSettings {
  readonly modelName: string
  readonly dimensions: number
  /** Longest text, in tokens. */
  readonly maxTokens: number
}
