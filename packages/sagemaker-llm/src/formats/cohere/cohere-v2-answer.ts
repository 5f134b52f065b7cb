import type { ModelUsage } from '@x/bedrock-like-types'
import {
  type Answer,
  type AnswerDelta,
  answerDeltas,
  incompleteStream,
  type ToolCallFragment,
} from '../../contract/answer.ts'
import type { AnswerReader } from '../../contract/content-handler.ts'
import { countIn, isJsonObject, type JsonObject, objectIn, stringIn } from '@x/sagemaker-endpoint/model-kit'
import { modelUsage } from '../../contract/model-usage.ts'
import { stopWord } from '../../contract/stop-reason.ts'
import { openaiChoiceDeltas } from '../openai/openai-answer.ts'

const eventTypes = /^(?:message|content|tool-plan|tool-call|citation)-(?:start|delta|end)$/

/** Whether a value is an event or an answer of Cohere's chat API v2. */
export function isCohereV2Value(value: unknown): boolean {
  if (!isJsonObject(value)) return false
  return eventTypes.test(stringIn(value, 'type') ?? '') || isCohereV2Answer(value)
}

/** Other formats have a `message`, too, but beside `done`, or within `choices`. */
function isCohereV2Answer(value: JsonObject): boolean {
  return isJsonObject(value['message']) && typeof value['finish_reason'] === 'string'
}

/** Reads a whole answer of Cohere's chat API v2: `{ message: { content, tool_plan?, tool_calls? }, finish_reason, usage }`. */
export function cohereV2Answer(body: unknown): Answer {
  if (!isJsonObject(body) || !isCohereV2Answer(body)) {
    return { error: { kind: 'unreadable', message: 'the answer has no "message" with a "finish_reason"' } }
  }
  // Its messages have OpenAI's members.
  const deltas = openaiChoiceDeltas({ message: body['message'] })
  const textOf = (type: AnswerDelta['type']): string =>
    deltas.map((delta) => (delta.type === type && 'text' in delta ? delta.text : '')).join('')
  const reason = stopWord(body['finish_reason'])
  const text = textOf('text')
  return {
    text,
    reasoning: textOf('reasoning') || stringIn(body['message'], 'tool_plan'),
    toolCalls: deltas.filter((delta): delta is ToolCallFragment => delta.type === 'tool-call'),
    usage: usageIn(body),
    rawStopReason: reason,
  }
}

/**
 * Reads the events of Cohere's chat API v2: `{ type: 'content-delta', delta: { message: { content: { text } } } }` and the like, at the
 * end `{ type: 'message-end', delta: { finish_reason, usage } }`.
 *
 * Source: docs.cohere.com, Chat API v2 with streaming; cohere-ai/cohere-typescript `V2ChatStreamResponse`.
 */
export class CohereV2Reader implements AnswerReader {
  #seen: 'nothing' | 'some' | 'foreign' = 'nothing'
  #ended = false

  /** The event `message-end`, or a whole answer, is the last value. */
  get isDone(): boolean {
    return this.#ended
  }

  push(value: unknown): readonly AnswerDelta[] {
    if (isJsonObject(value) && isCohereV2Answer(value)) {
      this.#ended = true
      return answerDeltas(cohereV2Answer(value))
    }
    const type = stringIn(value, 'type') ?? ''
    if (!eventTypes.test(type)) {
      if (this.#seen === 'nothing') this.#seen = 'foreign'
      return [{ type: 'foreign' }]
    }
    this.#seen = 'some'
    const delta = objectIn(value, 'delta')
    return type === 'message-end' ? this.#finish(delta) : fragments(objectIn(delta, 'message'), countIn(value, 'index'))
  }

  end(): readonly AnswerDelta[] {
    return this.#ended ? [] : [incompleteStream(this.#seen, '"message-end"')]
  }

  #finish(delta: JsonObject): readonly AnswerDelta[] {
    this.#ended = true
    const reason = stopWord(delta['finish_reason'])
    const usage = usageIn(delta)
    return [...(usage === undefined ? [] : [{ type: 'usage' as const, usage }]), { type: 'stop', raw: reason }]
  }
}

function fragments(message: JsonObject, index: number | undefined): readonly AnswerDelta[] {
  const content = objectIn(message, 'content')
  const reasoning = stringIn(message, 'tool_plan') || stringIn(content, 'thinking')
  const text = stringIn(content, 'text')
  // One call per event, within an object and not a list.
  const call = message['tool_calls']
  const { name, arguments: input } = objectIn(call, 'function')
  return [
    ...(reasoning ? [{ type: 'reasoning' as const, text: reasoning }] : []),
    ...(text ? [{ type: 'text' as const, text }] : []),
    ...(isJsonObject(call)
      ? [
          {
            type: 'tool-call' as const,
            index,
            id: stringIn(call, 'id'),
            name: typeof name === 'string' ? name : undefined,
            input: typeof input === 'string' ? input : undefined,
          },
        ]
      : []),
  ]
}

/** Tokens as the model counted them; billed units where there is nothing else. */
function usageIn(value: JsonObject): ModelUsage | undefined {
  const usage = objectIn(value, 'usage')
  const counts = isJsonObject(usage['tokens']) ? usage['tokens'] : objectIn(usage, 'billed_units')
  return modelUsage(
    {
      inputTokens: countIn(counts, 'input_tokens'),
      outputTokens: countIn(counts, 'output_tokens'),
      cacheReadTokens: countIn(usage, 'cached_tokens'),
    },
    usage,
  )
}
