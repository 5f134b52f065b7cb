import type { AnswerDelta, ToolCallFragment } from '../../contract/answer-delta.ts'
import { arrayIn, countIn, isJsonObject, objectIn, stringIn, type JsonObject } from '../../contract/json-object.ts'
import { isFailure } from '../../contract/stop-reason.ts'

/** What one entry of `choices` says: a `message`, a `delta` of one, or the `text` of a completion, and how it ended. */
export function openaiChoiceDeltas(choice: JsonObject): readonly AnswerDelta[] {
  const part = isJsonObject(choice['delta']) ? choice['delta'] : objectIn(choice, 'message')
  const deltas: AnswerDelta[] = []
  // Some versions of vLLM send the same reasoning under both names.
  const reasoning = stringIn(part, 'reasoning') || stringIn(part, 'reasoning_content')
  if (reasoning) deltas.push({ type: 'reasoning', text: reasoning })
  const text = contentText(part['content']) || stringIn(choice, 'text') || stringIn(part, 'refusal')
  if (text) deltas.push({ type: 'text', text })
  for (const fragment of toolCallFragments(part)) deltas.push(fragment)
  const finish = stringIn(choice, 'finish_reason')
  if (isFailure(finish)) return [...deltas, { type: 'error', message: `generation ended with "${finish}"` }]
  // TGI says "" on every chunk of a completion but the last.
  if (finish) deltas.push({ type: 'stop', raw: finish, stopString: stopStringOf(choice) })
  return deltas
}

/** vLLM's `stop_reason` and SGLang's `matched_stop` are the stop string, or the id of a stop token, which is none. */
function stopStringOf(choice: JsonObject): string | undefined {
  return stringIn(choice, 'stop_reason') ?? stringIn(choice, 'matched_stop')
}

function contentText(content: unknown): string | undefined {
  if (!Array.isArray(content)) return typeof content === 'string' ? content : undefined
  return content.map((part) => stringIn(part, 'text') ?? '').join('')
}

function toolCallFragments(part: JsonObject): readonly ToolCallFragment[] {
  // TGI before 3.2 sends a single object instead of an array.
  const single = part['tool_calls']
  const calls = isJsonObject(single) ? [single] : arrayIn(part, 'tool_calls')
  const legacy = part['function_call']
  const fragments = calls.map((call) => ({
    ...fragmentOf(objectIn(call, 'function')),
    index: countIn(call, 'index'),
    id: stringIn(call, 'id'),
  }))
  return isJsonObject(legacy) ? [...fragments, fragmentOf(legacy)] : fragments
}

function fragmentOf(call: JsonObject): ToolCallFragment {
  const input = call['arguments']
  return {
    type: 'tool-call',
    name: stringIn(call, 'name'),
    // TGI before 3.2 sends an object instead of its JSON text.
    input: typeof input === 'string' || isJsonObject(input) ? input : undefined,
  }
}
