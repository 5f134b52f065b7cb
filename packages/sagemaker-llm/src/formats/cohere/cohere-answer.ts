import {
  type Answer,
  type AnswerDelta,
  answerDeltas,
  incompleteStream,
  type ToolCallFragment,
} from '../../contract/answer.ts'
import type { AnswerReader } from '../../contract/content-handler.ts'
import { arrayIn, countIn, isJsonObject, type JsonObject, objectIn, stringIn } from '@x/sagemaker-endpoint/model-kit'
import { modelUsage } from '../../contract/model-usage.ts'

/** Reads a whole answer of Cohere's chat (`{ text, tool_calls?, finish_reason, meta }`) or generate (`{ generations: [{ text }] }`). */
export function cohereAnswer(body: unknown): Answer {
  if (isJsonObject(body) && body['is_finished'] === true) return cohereAnswer(cohereResponse(body))
  const [generation] = arrayIn(body, 'generations')
  const item = generation ?? body
  const text = stringIn(item, 'text')
  const reason = stringIn(item, 'finish_reason') ?? stringIn(body, 'finish_reason')
  if (isJsonObject(body) && body['is_finished'] === false) {
    return { text, error: incompleteStream('some', '"is_finished": true') }
  }
  if (text === undefined)
    return { error: { kind: 'unreadable', message: 'the answer has neither "text" nor "generations"' } }
  const units = objectIn(objectIn(body, 'meta'), 'billed_units')
  return {
    text,
    toolCalls: cohereToolCalls(body),
    usage: modelUsage(
      { inputTokens: countIn(units, 'input_tokens'), outputTokens: countIn(units, 'output_tokens') },
      units,
    ),
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

/**
 * Reads Cohere's events, `{ is_finished, event_type, text? }`. The last one, `is_finished: true`, has the whole answer as
 * `response`: its text and tool calls are used only if none came before.
 */
export class CohereReader implements AnswerReader {
  #sawValue = false
  #sawText = false
  #toolCallCount = 0
  #seen: 'nothing' | 'some' | 'foreign' = 'nothing'
  #ended = false

  /** The event `is_finished: true`, or a whole answer, is the last value. */
  get isDone(): boolean {
    return this.#ended
  }

  push(value: unknown): readonly AnswerDelta[] {
    this.#sawValue = true
    if (!isJsonObject(value)) return [{ type: 'foreign' }]
    if (value['is_finished'] === true) return this.#finish(value)
    if (!('is_finished' in value) && !('event_type' in value)) return this.#readDocument(value)
    this.#seen = 'some'
    const text = stringIn(value, 'text')
    if (text) this.#sawText = true
    return [...(text ? [{ type: 'text' as const, text }] : []), ...this.#toolCalls(value)]
  }

  end(): readonly AnswerDelta[] {
    if (this.#ended) return []
    return [
      incompleteStream(this.#seen === 'nothing' && this.#sawValue ? 'foreign' : this.#seen, '"is_finished": true'),
    ]
  }

  #finish(value: JsonObject): readonly AnswerDelta[] {
    this.#ended = true
    const answer = cohereAnswer(cohereResponse(value))
    const hadToolCalls = this.#toolCallCount > 0
    return answerDeltas({
      ...answer,
      text: this.#sawText ? undefined : answer.text,
      toolCalls: hadToolCalls ? undefined : answer.toolCalls,
    })
  }

  #readDocument(value: JsonObject): readonly AnswerDelta[] {
    const answer = cohereAnswer(value)
    if (answer.error?.kind === 'unreadable') return [{ type: 'foreign' }]
    this.#ended = true
    return answerDeltas(answer)
  }

  #toolCalls(value: JsonObject): readonly AnswerDelta[] {
    return cohereToolCalls(value).map((call) => ({ ...call, type: 'tool-call', index: this.#toolCallCount++ }))
  }
}
