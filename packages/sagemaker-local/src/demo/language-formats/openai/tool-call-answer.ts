import { randomUUID } from 'node:crypto'
import type { DemoSettings } from '../generation.ts'
import { countTokens } from '../../language/tokenizer.ts'
import type { ToolCall } from '../tool-call.ts'
import { openaiEnvelope, openaiUsage } from './envelope.ts'
import type { OpenAIParameters } from './parameters.ts'

/** A tool call of the model, before it is written down. */
export interface ToolReply {
  readonly call: ToolCall
  readonly finishReason: string
  readonly inputTokens: number
}

/** Length of the pieces in which a stream brings the arguments. */
const fragmentLength = 12

/** The call as one `chat.completion`. */
export function toolCallAnswer({ call, finishReason, inputTokens }: ToolReply, settings: DemoSettings): object {
  const text = JSON.stringify(call.input)
  const toolCall = { id: callId(), type: 'function', function: { name: call.name, arguments: text } }
  return {
    ...openaiEnvelope('chatcmpl', 'chat.completion', settings),
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: null, tool_calls: [toolCall] },
        logprobs: null,
        finish_reason: finishReason,
        stop_reason: null,
      },
    ],
    usage: openaiUsage({ inputTokens, outputTokens: countTokens(text) }),
  }
}

/** The call in fragments: its id and name first, then its arguments piece by piece. */
export function* toolCallChunks(
  { call, finishReason, inputTokens }: ToolReply,
  { includeUsage }: OpenAIParameters,
  settings: DemoSettings,
): Generator<object> {
  const envelope = openaiEnvelope('chatcmpl', 'chat.completion.chunk', settings)
  const chunk = (delta: object, finish: object = { finish_reason: null }): object => ({
    ...envelope,
    choices: [{ index: 0, delta, logprobs: null, ...finish }],
  })
  const text = JSON.stringify(call.input)
  yield chunk({ role: 'assistant', content: '' })
  yield chunk({
    tool_calls: [{ id: callId(), type: 'function', index: 0, function: { name: call.name, arguments: '' } }],
  })
  for (let start = 0; start < text.length; start += fragmentLength) {
    const fragment = text.slice(start, start + fragmentLength)
    yield chunk({ tool_calls: [{ index: 0, function: { arguments: fragment } }] })
  }
  yield chunk({ content: '' }, { finish_reason: finishReason, stop_reason: null })
  if (includeUsage) {
    yield { ...envelope, choices: [], usage: openaiUsage({ inputTokens, outputTokens: countTokens(text) }) }
  }
}

function callId(): string {
  return `chatcmpl-tool-${randomUUID().replaceAll('-', '')}`
}
