import type { AnswerDelta } from '../../contract/answer-delta.ts'
import { answerDeltas } from '../../contract/answer.ts'
import { incompleteStream } from '../../contract/incomplete-stream.ts'
import { isJsonObject, stringIn, type JsonObject } from '../../contract/json-object.ts'
import type { AnswerReader } from '../../contract/content-handler.ts'
import { cohereAnswer, cohereResponse, cohereToolCalls } from './cohere-answer.ts'

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

  push(value: unknown): readonly AnswerDelta[] {
    this.#sawValue = true
    if (!isJsonObject(value)) return []
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
    if (answer.error?.kind === 'unreadable') return []
    this.#ended = true
    return answerDeltas(answer)
  }

  #toolCalls(value: JsonObject): readonly AnswerDelta[] {
    return cohereToolCalls(value).map((call) => ({ ...call, type: 'tool-call', index: this.#toolCallCount++ }))
  }
}
