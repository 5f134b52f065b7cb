import { countTokens } from '../../language/tokenizer.ts'
import type { DemoSettings } from '../generation.ts'
import type { ToolCall } from '../tool-call.ts'
import { tgiEnvelope, tgiUsage } from './envelope.ts'

/** Every call has this id. */
const callId = '0'

const fragmentLength = 12

/** A tool call as TGI 3.2 and later write it; its finish reason is `stop` all the same. */
export function toolCallAnswer({ name, input }: ToolCall, inputTokens: number, settings: DemoSettings): object {
  const text = JSON.stringify(input)
  const toolCall = { id: callId, type: 'function', function: { description: null, name, arguments: text } }
  return {
    ...tgiEnvelope('chat.completion', settings),
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: null, tool_calls: [toolCall] },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: tgiUsage(inputTokens, countTokens(text)),
  }
}

/** The call in fragments. As in TGI, no chunk with a finish reason follows them. */
export function* toolCallChunks({ name, input }: ToolCall, settings: DemoSettings): Generator<object> {
  const envelope = tgiEnvelope('chat.completion.chunk', settings)
  const chunk = (name: string | null, fragment: string): object => ({
    ...envelope,
    choices: [
      {
        index: 0,
        delta: {
          role: 'assistant',
          tool_calls: [{ index: 0, id: callId, type: 'function', function: { name, arguments: fragment } }],
        },
        logprobs: null,
        finish_reason: null,
      },
    ],
    usage: null,
  })
  const text = JSON.stringify(input)
  yield chunk(name, '')
  for (let start = 0; start < text.length; start += fragmentLength) {
    yield chunk(null, text.slice(start, start + fragmentLength))
  }
}
