import type { ModelUsage } from '@x/bedrock-like-types'
import { type Answer, type AnswerDelta, incompleteStream, type ToolCallFragment } from '../../contract/answer.ts'
import { arrayIn, countIn, isJsonObject, type JsonObject, objectIn, stringIn } from '@x/sagemaker-endpoint/model-kit'
import { stopWord } from '../../contract/stop-reason.ts'
import { modelUsage } from '../../contract/model-usage.ts'

/** Whether a value is a chunk or an answer in OpenAI's format. A chunk may have no choices, only their empty list. */
export function isOpenAIValue(value: unknown): boolean {
  return Array.isArray(unwrapped(value)['choices'])
}

/** MLflow's scoring server puts the answer into an array of one. */
export function unwrapped(value: unknown): JsonObject {
  const inner: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value
  return isJsonObject(inner) ? inner : {}
}

/** Reads a whole chat completion or completion. Of several choices the first is the answer. */
export function openaiAnswer(body: unknown): Answer {
  const value = unwrapped(body)
  const choices = arrayIn(value, 'choices').filter(isJsonObject)
  const choice = choices.find((each) => countIn(each, 'index') === 0) ?? choices[0]
  if (choice === undefined) return { error: { kind: 'unreadable', message: 'the answer has no "choices"' } }
  return { ...choiceAnswer(choice), usage: usageOf(value) }
}

/** Token counts beside the choices or, as Moonshot sends them, within one. */
export function usageOf(value: JsonObject): ModelUsage | undefined {
  const inChoices = arrayIn(value, 'choices').map((choice) => openaiUsage(objectIn(choice, 'usage')))
  return openaiUsage(value['usage']) ?? inChoices.find((usage) => usage !== undefined)
}

function choiceAnswer(choice: JsonObject): Answer {
  const deltas = openaiChoiceDeltas(choice)
  const stop = deltas.find((delta) => delta.type === 'stop')
  return {
    text: deltas.find((delta) => delta.type === 'text')?.text,
    reasoning: deltas.find((delta) => delta.type === 'reasoning')?.text,
    toolCalls: deltas.filter((delta): delta is ToolCallFragment => delta.type === 'tool-call'),
    rawStopReason: stop?.raw,
    stopString: stop?.stopString,
    error: isLoneChunk(choice) ? brokenOff : undefined,
  }
}

const brokenOff = incompleteStream('some', 'a finish reason')

/** A stream that broke off after its first chunk, and stands here as if it were a document. */
function isLoneChunk(choice: JsonObject): boolean {
  return isJsonObject(choice['delta']) && !choice['finish_reason']
}

/** What one entry of `choices` says: a `message`, a `delta` of one, or the `text` of a completion, and how it ended. */
export function openaiChoiceDeltas(choice: JsonObject): readonly AnswerDelta[] {
  const part = isJsonObject(choice['delta']) ? choice['delta'] : objectIn(choice, 'message')
  const deltas: AnswerDelta[] = []
  // Some versions of vLLM send the same reasoning under both of the first names.
  const reasoning =
    stringIn(part, 'reasoning') ||
    stringIn(part, 'reasoning_content') ||
    stringIn(part, 'thinking') ||
    contentReasoning(part['content']) ||
    // OpenRouter and servers like it; beside `reasoning` it says the same.
    contentReasoning(part['reasoning_details'])
  if (reasoning) deltas.push({ type: 'reasoning', text: reasoning })
  const text = contentText(part['content']) || stringIn(choice, 'text') || stringIn(part, 'refusal')
  if (text) deltas.push({ type: 'text', text })
  for (const fragment of toolCallFragments(part)) deltas.push(fragment)
  const finish = stopWord(choice['finish_reason'])
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
  return content.map((part) => (isReasoning(part) ? '' : (stringIn(part, 'text') ?? ''))).join('')
}

/**
 * Mistral: `{ type: 'thinking', thinking: [{ type: 'text', text }] }`; Cohere's v2 and Anthropic write `thinking` as text. Others:
 * `{ type: 'reasoning', reasoning }`, `{ type: 'reasoning', text }`, OpenRouter's `{ type: 'reasoning.text', text }` and
 * `{ type: 'reasoning.summary', summary }`, and OpenAI Responses' `{ type: 'reasoning', summary: [{ text }] }`.
 */
function contentReasoning(content: unknown): string {
  if (!Array.isArray(content)) return ''
  return content
    .filter(isReasoning)
    .map((part) => {
      const members = ['thinking', 'reasoning', 'text', 'summary'].map((name) => contentText(part[name]))
      return members.find(Boolean) ?? ''
    })
    .join('')
}

function isReasoning(part: unknown): part is JsonObject {
  return isJsonObject(part) && /^(?:thinking|reasoning)\b/.test(stringIn(part, 'type') ?? '')
}

function toolCallFragments(part: JsonObject): readonly ToolCallFragment[] {
  // TGI before 3.2 sends a single object instead of an array.
  const single = part['tool_calls']
  const calls = isJsonObject(single) ? [single] : arrayIn(part, 'tool_calls')
  const fragments = calls
    .map((call) => ({
      ...fragmentOf(objectIn(call, 'function')),
      index: countIn(call, 'index'),
      id: stringIn(call, 'id'),
    }))
    .filter((fragment) => !isEmpty(fragment))
  // llama-cpp-python tells each call twice: in the member that OpenAI has deprecated, and in its successor.
  const legacy = fragmentOf(objectIn(part, 'function_call'))
  return fragments.length > 0 || isEmpty(legacy) ? fragments : [legacy]
}

/** Some servers put an entry with nothing in it beside every answer of text. */
function isEmpty({ id, name, input }: ToolCallFragment): boolean {
  return !id && !name && (input === undefined || input === '')
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

/**
 * Reads `{ prompt_tokens, completion_tokens, total_tokens }` with the details that OpenAI adds; other members do not disturb.
 * `undefined` without any count.
 */
export function openaiUsage(value: unknown): ModelUsage | undefined {
  if (!isJsonObject(value)) return undefined
  const counts = {
    inputTokens: countIn(value, 'prompt_tokens'),
    outputTokens: countIn(value, 'completion_tokens'),
    totalTokens: countIn(value, 'total_tokens'),
    reasoningTokens: countIn(objectIn(value, 'completion_tokens_details'), 'reasoning_tokens'),
    cacheReadTokens: countIn(objectIn(value, 'prompt_tokens_details'), 'cached_tokens'),
  }
  return modelUsage(counts, value)
}
