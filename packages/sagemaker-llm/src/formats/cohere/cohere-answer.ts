import type { ToolCallFragment } from '../../contract/answer-delta.ts'
import type { Answer } from '../../contract/answer.ts'
import { incompleteStream } from '../../contract/incomplete-stream.ts'
import { arrayIn, countIn, isJsonObject, objectIn, stringIn, type JsonObject } from '../../contract/json-object.ts'
import { isFailure } from '../../contract/stop-reason.ts'
import { tokenUsage } from '../../contract/token-usage.ts'

/** Reads a whole answer of Cohere's chat (`{ text, tool_calls?, finish_reason, meta }`) or generate (`{ generations: [{ text }] }`). */
export function cohereAnswer(body: unknown): Answer {
  if (isJsonObject(body) && body['is_finished'] === true) return cohereAnswer(cohereResponse(body))
  const [generation] = arrayIn(body, 'generations')
  const item = generation ?? body
  const text = stringIn(item, 'text')
  const reason = stringIn(item, 'finish_reason') ?? stringIn(body, 'finish_reason')
  if (isFailure(reason)) return { text, error: { message: `generation ended with "${reason}"` } }
  if (isJsonObject(body) && body['is_finished'] === false) {
    return { text, error: incompleteStream('some', '"is_finished": true') }
  }
  if (text === undefined)
    return { error: { kind: 'unreadable', message: 'the answer has neither "text" nor "generations"' } }
  const units = objectIn(objectIn(body, 'meta'), 'billed_units')
  return {
    text,
    toolCalls: cohereToolCalls(body),
    usage: tokenUsage(countIn(units, 'input_tokens'), countIn(units, 'output_tokens')),
    rawStopReason: reason,
  }
}

/** The whole answer within the last event of a stream. */
export function cohereResponse(event: JsonObject): JsonObject {
  const response = objectIn(event, 'response')
  return { text: '', ...response, finish_reason: event['finish_reason'] ?? response['finish_reason'] }
}

/** Reads `tool_calls: [{ name, parameters }]`. Cohere gives its calls no ids. */
export function cohereToolCalls(value: unknown): readonly Omit<ToolCallFragment, 'type'>[] {
  return arrayIn(value, 'tool_calls')
    .filter(isJsonObject)
    .map((call) => ({ name: stringIn(call, 'name'), input: objectIn(call, 'parameters') }))
}
