import { type Answer, type AnswerDelta, incompleteStream } from '../../contract/answer.ts'
import { countIn, isJsonObject, type JsonObject, stringIn } from '@x/sagemaker-endpoint/model-kit'
import { modelUsage } from '../../contract/model-usage.ts'
import type { AnswerReader } from '../../contract/content-handler.ts'
import { openaiAnswer, openaiChoiceDeltas } from '../openai/openai-answer.ts'

/** Reads a whole answer of Ollama. */
export function ollamaAnswer(body: unknown): Answer {
  const usage = usageIn(body)
  const { text, reasoning, toolCalls, error } = openaiAnswer({ choices: [body] })
  if (!isJsonObject(body) || body['done'] !== true) return { text, error: incompleteStream('some', '"done": true') }
  return { text, reasoning, toolCalls, error, usage, rawStopReason: stringIn(body, 'done_reason') }
}

/**
 * Reads Ollama's own chat format, which home-made containers pass on: `{ message: { content, tool_calls? }, done: false }` per line, at the
 * end `{ done: true, done_reason, prompt_eval_count, eval_count }`. A whole answer is that last line with the whole message.
 */
export class OllamaReader implements AnswerReader {
  #seen: 'nothing' | 'some' | 'foreign' = 'nothing'
  #ended = false

  /** The line `done: true` is the last value. */
  get isDone(): boolean {
    return this.#ended
  }

  push(value: unknown): readonly AnswerDelta[] {
    if (!isOllamaValue(value)) return [{ type: 'foreign' }]
    this.#seen = 'some'
    // Its messages are OpenAI's, with arguments as objects.
    const deltas = openaiChoiceDeltas({ message: value['message'] })
    if (value['done'] !== true) return deltas
    this.#ended = true
    const usage = usageIn(value)
    return [
      ...deltas,
      ...(usage === undefined ? [] : [{ type: 'usage' as const, usage }]),
      { type: 'stop', raw: stringIn(value, 'done_reason') },
    ]
  }

  end(): readonly AnswerDelta[] {
    return this.#ended ? [] : [incompleteStream(this.#seen, '"done": true')]
  }
}

function isOllamaValue(value: unknown): value is JsonObject {
  return isJsonObject(value) && (isJsonObject(value['message']) || typeof value['done'] === 'boolean')
}

function usageIn(value: unknown): Answer['usage'] {
  const [inputTokens, outputTokens] = [countIn(value, 'prompt_eval_count'), countIn(value, 'eval_count')]
  return modelUsage({ inputTokens, outputTokens }, { prompt_eval_count: inputTokens, eval_count: outputTokens })
}
