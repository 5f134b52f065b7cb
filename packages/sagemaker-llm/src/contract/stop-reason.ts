import type { StopReason } from '@x/bedrock-like-types'

/**
 * The words of all containers for why a model stopped, as Bedrock's stop reasons. Compared without regard to case.
 *
 * Sources: OpenAI `finish_reason` and Responses `incomplete_details.reason`; TGI `router/src/lib.rs`; vLLM
 * `v1/engine/__init__.py`; SGLang `srt/entrypoints/openai/protocol.py`; DJL LMI `output_formatter.py`; TensorRT-LLM
 * `executor/result.py`; llama.cpp `tools/server`; Ollama `api/types.go` (`done_reason`); Mistral, DeepSeek and Cohere (v1 and v2) API
 * references; AI21 (`endoftext`); Anthropic Messages and Bedrock Converse, which gateways and proxies pass on.
 */
const stopReasons: ReadonlyMap<string, StopReason> = new Map([
  ...reasons('end_turn', 'stop', 'eos', 'eos_token', 'endoftext', 'end_turn', 'complete', 'completed', 'pause_turn'),
  // vLLM: the model repeats itself. Bedrock has no word for it; the raw reason tells.
  ...reasons('end_turn', 'repetition'),
  ...reasons('max_tokens', 'length', 'limit', 'max_length', 'max_tokens', 'max_new_tokens', 'max_output_tokens'),
  ...reasons('stop_sequence', 'stop_sequence', 'stop_string', 'word'),
  ...reasons('tool_use', 'tool_calls', 'tool_call', 'function_call', 'tool_use'),
  ...reasons('content_filtered', 'content_filter', 'content_filtered', 'error_toxic', 'safety', 'refusal'),
  ...reasons('guardrail_intervened', 'guardrail_intervened'),
  ...reasons('model_context_window_exceeded', 'error_limit', 'model_length', 'model_context_window_exceeded'),
  ...reasons('malformed_tool_use', 'malformed_tool_use', 'malformed_function_call'),
  ...reasons('malformed_model_output', 'malformed_model_output'),
])

function reasons(reason: StopReason, ...words: readonly string[]): readonly (readonly [string, StopReason])[] {
  return words.map((word) => [word, reason] as const)
}

/**
 * Words that say that generation failed. They are errors, not reasons to stop.
 *
 * Sources: vLLM and SGLang (`abort`, `error`), TensorRT-LLM (`timeout`, `cancelled`), Cohere (`ERROR`, `TIMEOUT`, `USER_CANCEL`), DeepSeek
 * (`insufficient_system_resource`), OpenAI Responses (`failed`, `cancelled`).
 */
const failures: ReadonlySet<string> = new Set([
  'abort',
  'aborted',
  'canceled',
  'cancelled',
  'error',
  'failed',
  'insufficient_system_resource',
  'timeout',
  'user_cancel',
])

/** The container's word for the end of an answer, if the value is one. Some write the absence of a word as text. */
export function stopWord(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && !/^(?:null|none)$/i.test(value) ? value : undefined
}

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
  const known = ending.stopReason ?? stopReasons.get(raw?.toLowerCase() ?? '')
  if (ending.toolCallCount > 0) {
    if (known === 'max_tokens') return known
    return ending.toolCallsMalformed ? 'malformed_tool_use' : 'tool_use'
  }
  if (stopString !== undefined) return 'stop_sequence'
  // LMI in async mode gives the stop string itself as the reason.
  if (raw !== undefined && ending.stopSequences.includes(raw)) return 'stop_sequence'
  // Agents that branch on the word for tool calls would run nothing and ask again.
  return known === undefined || known === 'tool_use' ? 'end_turn' : known
}
