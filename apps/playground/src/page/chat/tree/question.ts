export interface ToolResult {
  readonly toolCallId: string
  readonly content: string
}

/** What a turn asks: a prompt, or the results of tools that the model called. */
export interface Question {
  readonly prompt: string | undefined
  readonly toolResults: readonly ToolResult[]
}
