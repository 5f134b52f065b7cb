import type { ChatChunk, CompletionChunk } from '@x/sagemaker-llm'
import { formatDuration } from '../../page/call/format.ts'

export interface AnswerTimes {
  readonly firstTokenMs: number | undefined
  readonly durationMs: number
}

/** What is known when an answer has ended. What the container did not report is left out, never guessed. */
export function answerEnd(last: ChatChunk | CompletionChunk | undefined, { firstTokenMs, durationMs }: AnswerTimes) {
  return {
    type: 'end',
    text: last?.text ?? '',
    stopReason: last?.stopReason,
    rawStopReason: last?.rawStopReason,
    usage: last?.usage,
    requestId: last?.response?.requestId,
    firstTokenMs: firstTokenMs === undefined ? undefined : Math.round(firstTokenMs),
    durationMs: Math.round(durationMs),
    warnings: (last?.response?.warnings ?? []).map(({ message }) => message),
  }
}

/** The same in a line for the reader. */
export function describeEnd({ firstTokenMs, durationMs, usage, stopReason }: ReturnType<typeof answerEnd>): string {
  const tokens = usage?.outputTokens
  const parts = [
    firstTokenMs !== undefined && `first token after ${formatDuration(firstTokenMs)}`,
    `${formatDuration(durationMs)} in all`,
    tokens !== undefined && `${tokens} tokens`,
    stopReason !== undefined && `stopped: ${stopReason}`,
  ]
  return parts.filter((part) => part !== false).join(' · ')
}
