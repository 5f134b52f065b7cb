import type { StopReason, TokenUsage } from '@x/bedrock-like-types'
import type { AnswerDelta, ErrorDelta, ToolCallFragment } from './answer-delta.ts'

/** What a whole answer of a container says. */
export interface Answer {
  /** The generated text. Default: none. */
  readonly text?: string | null | undefined
  /** What the model thought before it answered, where the container sends it apart from the text. */
  readonly reasoning?: string | null | undefined
  /** Tool calls, each complete. */
  readonly toolCalls?: readonly Omit<ToolCallFragment, 'type'>[] | undefined
  /** Token counts, as far as the container gives them. */
  readonly usage?: TokenUsage | undefined
  /** Why the model stopped, in the container's own word. */
  readonly rawStopReason?: string | null | undefined
  /** The stop string at which it stopped, where the container names it. */
  readonly stopString?: string | undefined
  /** The reason, where the container's word means something else than with other containers. */
  readonly stopReason?: StopReason | undefined
  /** The document is no answer, or reports a failure. */
  readonly error?: Omit<ErrorDelta, 'type'> | undefined
}

/** A whole answer as the deltas that a stream with the same content would have given. */
export function answerDeltas(answer: Answer): readonly AnswerDelta[] {
  const deltas: AnswerDelta[] = []
  if (answer.reasoning) deltas.push({ type: 'reasoning', text: answer.reasoning })
  if (answer.text) deltas.push({ type: 'text', text: answer.text })
  // Each call is complete, so two of them are never fragments of one, whatever their ids say.
  answer.toolCalls?.forEach((call, index) => deltas.push({ ...call, type: 'tool-call', index }))
  if (answer.usage !== undefined) deltas.push({ type: 'usage', usage: answer.usage })
  if (answer.error !== undefined) return [...deltas, { ...answer.error, type: 'error' }]
  deltas.push({
    type: 'stop',
    raw: answer.rawStopReason,
    stopString: answer.stopString,
    stopReason: answer.stopReason,
  })
  return deltas
}
