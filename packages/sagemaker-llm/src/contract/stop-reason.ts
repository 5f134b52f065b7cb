import type { StopReason } from '@x/bedrock-like-types'

/**
 * The words of all containers for why a model stopped, as Bedrock's stop reasons. Compared without regard to case.
 *
 * Sources: TGI `router/src/lib.rs` (`length`, `eos_token`, `stop_sequence`), vLLM and SGLang `finish_reason`, DJL LMI
 * `output_formatter.py`, Cohere's chat API v1 (`COMPLETE`, `MAX_TOKENS`, `ERROR_LIMIT`, ...), AI21 (`endoftext`).
 */
const stopReasons: Readonly<Record<string, StopReason>> = {
  stop: 'end_turn',
  eos_token: 'end_turn',
  endoftext: 'end_turn',
  end_turn: 'end_turn',
  complete: 'end_turn',
  // vLLM: the model repeats itself. Bedrock has no word for it; the raw reason tells.
  repetition: 'end_turn',
  length: 'max_tokens',
  max_tokens: 'max_tokens',
  stop_sequence: 'stop_sequence',
  tool_calls: 'tool_use',
  tool_call: 'tool_use',
  function_call: 'tool_use',
  tool_use: 'tool_use',
  content_filter: 'content_filtered',
  error_toxic: 'content_filtered',
  error_limit: 'model_context_window_exceeded',
}

/** Words that say that generation failed. They are errors, not reasons to stop. */
const failures = new Set(['abort', 'error', 'timeout', 'user_cancel'])

/** What is known about the end of an answer. */
export interface Ending {
  /** The container's own word; `undefined` when it gave none. */
  readonly raw?: string | undefined
  /** The stop string that the container names, or at which the text was cut here. */
  readonly stopString?: string | undefined
  /** What the handler of the container's format makes of it. */
  readonly stopReason?: StopReason | undefined
  /** How many tool calls there are. */
  readonly toolCallCount: number
  /** Whether one of them cannot be read. */
  readonly toolCallsMalformed: boolean
  /** The stop strings that were asked for. */
  readonly stopSequences: readonly string[]
}

/** Whether the container's word for the end of the answer says that it failed. */
export function isFailure(raw: string | null | undefined): boolean {
  return failures.has(raw?.toLowerCase() ?? '')
}

/**
 * Why the model stopped, in Bedrock's words.
 *
 * Tool calls count for more than the container's word, since several containers say `stop` for them; but an answer that
 * was cut off at the length limit was cut off, and its last call with it.
 */
export function stopReasonOf(ending: Ending): StopReason {
  const { raw, stopString } = ending
  const known = ending.stopReason ?? stopReasons[raw?.toLowerCase() ?? '']
  if (ending.toolCallCount > 0) {
    if (known === 'max_tokens') return known
    return ending.toolCallsMalformed ? 'malformed_tool_use' : 'tool_use'
  }
  if (stopString !== undefined) return 'stop_sequence'
  // LMI in async mode gives the stop string itself as the reason.
  if (raw !== undefined && ending.stopSequences.includes(raw)) return 'stop_sequence'
  return known ?? 'end_turn'
}
