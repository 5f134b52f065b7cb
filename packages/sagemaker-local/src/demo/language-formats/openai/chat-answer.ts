import { wholeAnswer, type Delta } from '../deltas.ts'
import type { DemoSettings } from '../generation.ts'
import { thinkTags } from '../reasoning.ts'
import { openaiEnvelope, openaiUsage } from './envelope.ts'
import type { OpenAIParameters } from './parameters.ts'

/** A reply of the model, before it is written down. */
export interface ChatReply {
  readonly reasoning: readonly string[]
  readonly deltas: Iterable<Delta>
}

/** The reply as one `chat.completion`. */
export function wholeChatAnswer({ reasoning, deltas }: ChatReply, settings: DemoSettings): object {
  const { text, end } = wholeAnswer(deltas)
  const thoughts = reasoning.join('')
  const inline = settings.reasoning === 'inline' && thoughts !== ''
  const content = inline ? thinkTags.open + thoughts + thinkTags.close + text : text
  const message = {
    role: 'assistant',
    content,
    refusal: null,
    tool_calls: [],
    reasoning: inline || thoughts === '' ? null : thoughts,
  }
  return {
    ...openaiEnvelope('chatcmpl', 'chat.completion', settings),
    choices: [
      { index: 0, message, logprobs: null, finish_reason: end.finishReason, stop_reason: end.stopSequence ?? null },
    ],
    usage: openaiUsage({ ...end, outputTokens: end.outputTokens + reasoning.length }),
  }
}

/** First the role, then the thoughts, then the text with the finish reason at its end, then the usage if asked for. */
export function* chatChunks(
  { reasoning, deltas }: ChatReply,
  { includeUsage }: OpenAIParameters,
  settings: DemoSettings,
): Generator<object> {
  const envelope = openaiEnvelope('chatcmpl', 'chat.completion.chunk', settings)
  const chunk = (delta: object, finish: object = { finish_reason: null }): object => ({
    ...envelope,
    choices: [{ index: 0, delta, logprobs: null, ...finish }],
  })
  const inline = settings.reasoning === 'inline'
  yield chunk({ role: 'assistant', content: '' })
  if (inline && reasoning.length > 0) yield chunk({ content: thinkTags.open })
  for (const thought of reasoning) yield chunk(inline ? { content: thought } : { reasoning: thought })
  if (inline && reasoning.length > 0) yield chunk({ content: thinkTags.close })
  for (const { text, end } of deltas) {
    if (end === undefined) {
      yield chunk({ content: text })
      continue
    }
    yield chunk({ content: text }, { finish_reason: end.finishReason, stop_reason: end.stopSequence ?? null })
    const usage = openaiUsage({ ...end, outputTokens: end.outputTokens + reasoning.length })
    if (includeUsage) yield { ...envelope, choices: [], usage }
  }
}
