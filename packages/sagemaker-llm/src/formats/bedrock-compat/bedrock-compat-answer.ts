import { type Answer, type AnswerDelta, incompleteStream } from '../../contract/answer.ts'
import { countIn, isJsonObject, type JsonObject, stringIn } from '@x/sagemaker-endpoint/model-kit'
import { modelUsage } from '../../contract/model-usage.ts'
import type { AnswerReader } from '../../contract/content-handler.ts'

/** Reads a whole answer in the form of Bedrock's Llama models, with or without the `body` around it. */
export function bedrockCompatAnswer(value: unknown): Answer {
  const body = bodyOf(value)
  const text = stringIn(body, 'generation')
  if (text === undefined) return { error: { kind: 'unreadable', message: 'the answer has no "generation"' } }
  // Null is what every piece of a stream says but the last one.
  if (body['stop_reason'] === null) return { text, error: incompleteStream('some', '"stop_reason"') }
  const usage = usageOf(countIn(body, 'prompt_token_count'), countIn(body, 'generation_token_count'))
  return { text, usage, rawStopReason: stringIn(body, 'stop_reason') }
}

/** Reads the same as a stream: pieces of `generation`, the last one with a `stop_reason`. */
export class BedrockCompatReader implements AnswerReader {
  #seen: 'nothing' | 'some' | 'foreign' = 'nothing'
  #ended = false
  #inputTokens: number | undefined
  #outputTokens: number | undefined

  push(value: unknown): readonly AnswerDelta[] {
    const body = bodyOf(value)
    const text = stringIn(body, 'generation')
    if (text === undefined) {
      if (this.#seen === 'nothing') this.#seen = 'foreign'
      return [{ type: 'foreign' }]
    }
    this.#seen = 'some'
    // The count of the prompt comes with the first piece, that of the generation with the last.
    this.#inputTokens = countIn(body, 'prompt_token_count') ?? this.#inputTokens
    this.#outputTokens = countIn(body, 'generation_token_count') ?? this.#outputTokens
    const usage = usageOf(this.#inputTokens, this.#outputTokens)
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

function usageOf(inputTokens: number | undefined, outputTokens: number | undefined): Answer['usage'] {
  return modelUsage(
    { inputTokens, outputTokens },
    { prompt_token_count: inputTokens, generation_token_count: outputTokens },
  )
}
