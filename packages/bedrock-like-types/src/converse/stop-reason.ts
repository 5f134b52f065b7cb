/**
 * Why the model stopped.
 *
 * - `end_turn`: it was done.
 * - `tool_use`: it asks for a tool call.
 * - `max_tokens`: the limit on new tokens was reached.
 * - `stop_sequence`: it wrote one of the requested stop sequences.
 * - `content_filtered`, `guardrail_intervened`: the answer was held back.
 * - `model_context_window_exceeded`: the context window is full.
 * - `malformed_model_output`, `malformed_tool_use`: what it wrote cannot be read.
 *
 * @public
 */
export type StopReason =
  | 'content_filtered'
  | 'end_turn'
  | 'guardrail_intervened'
  | 'malformed_model_output'
  | 'malformed_tool_use'
  | 'max_tokens'
  | 'model_context_window_exceeded'
  | 'stop_sequence'
  | 'tool_use'
