import type { AnswerDelta } from '../answer/answer-delta.ts'
import type { Answer } from '../answer/answer.ts'
import { incompleteStream } from '../answer/incomplete-stream.ts'
import { countIn, isJsonObject, stringIn, type JsonObject } from '../answer/json-object.ts'
import { tokenUsage } from '../answer/token-usage.ts'
import type { AnswerReader } from '../handlers/content-handler.ts'

/** Reads a whole answer in the form of Bedrock's Llama models, with or without the `body` around it. */
export function bedrockCompatAnswer(value: unknown): Answer {
  const body = bodyOf(value)
  const text = stringIn(body, 'generation')
  if (text === undefined) return { error: { kind: 'unreadable', message: 'the answer has no "generation"' } }
  return { text, usage: usageIn(body), rawStopReason: stringIn(body, 'stop_reason') }
}

/** Reads the same as a stream: pieces of `generation`, the last one with a `stop_reason`. */
export class BedrockCompatReader implements AnswerReader {
  #seen: 'nothing' | 'some' | 'foreign' = 'nothing'
  #ended = false

  push(value: unknown): readonly AnswerDelta[] {
    const body = bodyOf(value)
    const text = stringIn(body, 'generation')
    if (text === undefined) {
      if (this.#seen === 'nothing') this.#seen = 'foreign'
      return []
    }
    this.#seen = 'some'
    const usage = usageIn(body)
    const reason = stringIn(body, 'stop_reason')
    this.#ended ||= reason !== undefined
    return [
      ...(text === '' ? [] : [{ type: 'text' as const, text }]),
      ...(usage === undefined ? [] : [{ type: 'usage' as const, usage }]),
      ...(reason === undefined ? [] : [{ type: 'stop' as const, raw: reason }]),
    ]
  }

  end(): readonly AnswerDelta[] {
    return this.#ended ? [] : [incompleteStream(this.#seen, '"stop_reason"')]
  }
}

function bodyOf(value: unknown): JsonObject {
  if (!isJsonObject(value)) return {}
  return isJsonObject(value['body']) ? value['body'] : value
}

function usageIn(body: JsonObject): Answer['usage'] {
  return tokenUsage(countIn(body, 'prompt_token_count'), countIn(body, 'generation_token_count'))
}
