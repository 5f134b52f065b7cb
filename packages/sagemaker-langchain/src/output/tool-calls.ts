import type { InvalidToolCall, ToolCall } from '@langchain/core/messages/tool'
import type { StopReason } from '@x/bedrock-like-types'

/** A complete tool call of an answer, as the parts and the whole answer have it. */
export interface AnsweredCall {
  readonly id: string
  readonly name: string
  /** The arguments, parsed; something else than an object if they are not an object in JSON. */
  readonly input: unknown
  /** The arguments as the model wrote them. */
  readonly inputText: string
}

/** Whether a tool can be called with these arguments. */
export function isObject(input: unknown): input is Record<string, unknown> {
  return typeof input === 'object' && input !== null && !Array.isArray(input)
}

/** A call with arguments that a tool can be called with, in LangChain's form; `undefined` if it has none. */
export function toolCallOf({ id, name, input }: AnsweredCall): (ToolCall & { readonly type: 'tool_call' }) | undefined {
  return isObject(input) ? { type: 'tool_call', id, name, args: input } : undefined
}

/**
 * A call with arguments that no tool can be called with, in LangChain's form.
 *
 * @param stopReason - why the model stopped, if that is known.
 */
export function invalidToolCallOf(
  { id, name, inputText }: AnsweredCall,
  stopReason?: StopReason,
): InvalidToolCall & { readonly type: 'invalid_tool_call' } {
  const isCut = stopReason === 'max_tokens' || stopReason === 'model_context_window_exceeded'
  const error = isCut ? 'The arguments were cut off by the limit on tokens.' : 'The arguments are not a JSON object.'
  return { type: 'invalid_tool_call', id, name, args: inputText, error }
}
