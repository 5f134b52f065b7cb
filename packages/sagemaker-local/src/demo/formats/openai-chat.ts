import { json, stream, type Answer } from '../../endpoints/answer.ts'
import type { Step } from '../../endpoints/step.ts'
import { chatTurns } from './chat-turns.ts'
import { inputLength, pace, type DemoSettings } from './generation.ts'
import { fieldsOf, type JsonObject } from './json-fields.ts'
import { readOpenAiParameters, type OpenAiParameters } from './openai-parameters.ts'
import { openAiAnswer, openAiDeltas, openAiEnvelope, type OpenAiDelta } from './openai-reply.ts'
import { sseDone, sseEvent } from './sse.ts'

/** Chat completions as vLLM writes them. */
export function answerOpenAiChat(body: JsonObject, settings: DemoSettings): Answer {
  const turns = chatTurns(fieldsOf(body).array('messages') ?? [])
  const parameters = readOpenAiParameters(body, inputLength(turns), settings)
  const deltas = openAiDeltas(turns, parameters)
  if (parameters.streaming) return stream(streamSteps(deltas, parameters, settings))
  const { text, end } = openAiAnswer(deltas)
  return json({
    ...openAiEnvelope('chatcmpl', 'chat.completion', settings),
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: text, refusal: null, tool_calls: [], reasoning: null },
        logprobs: null,
        finish_reason: end.finishReason,
        stop_reason: end.stopReason,
      },
    ],
    usage: end.usage,
  })
}

/** First the role, then the text, then the finish reason, then the usage if asked for, then the end marker. */
function* streamSteps(
  deltas: Iterable<OpenAiDelta>,
  { includeUsage }: OpenAiParameters,
  settings: DemoSettings,
): Generator<Step> {
  const envelope = openAiEnvelope('chatcmpl', 'chat.completion.chunk', settings)
  const chunk = (delta: object, finish: object = { finish_reason: null }): Step =>
    sseEvent({ ...envelope, choices: [{ index: 0, delta, logprobs: null, ...finish }] })
  yield chunk({ role: 'assistant', content: '' })
  for (const { text, end } of deltas) {
    yield* pace(settings)
    if (end === undefined) {
      yield chunk({ content: text })
      continue
    }
    yield chunk({ content: text }, { finish_reason: end.finishReason, stop_reason: end.stopReason })
    if (includeUsage) yield sseEvent({ ...envelope, choices: [], usage: end.usage })
  }
  yield sseDone
}
