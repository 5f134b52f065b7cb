import type { RunImage } from '../../../protocol/run-request.ts'

export interface ToolResult {
  readonly toolCallId: string
  readonly content: string
}

/** An image of a prompt. Where the browser had no room to keep it, its data is missing. */
export interface AttachedImage extends Pick<RunImage, 'format'> {
  readonly data?: string | undefined
}

/** What a turn asks: a prompt, or the results of tools that the model called. */
export interface Question {
  readonly prompt: string | undefined
  readonly toolResults: readonly ToolResult[]
  readonly images?: readonly AttachedImage[] | undefined
}
