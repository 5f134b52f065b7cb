import { json, stream, type Answer } from '../../endpoints/answer.ts'
import type { Step } from '../../endpoints/step.ts'
import { inputLength, pace, type DemoSettings } from './generation.ts'
import { FieldError, isStrings, type JsonObject } from './json-fields.ts'
import { OpenAiRequestError } from './openai-errors.ts'
import { readOpenAiParameters, type OpenAiParameters } from './openai-parameters.ts'
import {
  openAiAnswer,
  openAiDeltas,
  openAiEnvelope,
  type OpenAiDelta,
  type OpenAiEnd,
  type OpenAiUsage,
} from './openai-reply.ts'
import { sseDone, sseEvent } from './sse.ts'

/** vLLM's limit for completions that bring none. */
const defaultMaxTokens = 16

/** Completions of one or several prompts as vLLM writes them. */
export function answerOpenAiCompletion(body: JsonObject, settings: DemoSettings): Answer {
  const prompts = readPrompts(body['prompt'])
  const lengths = prompts.map(inputLength)
  const parameters = readOpenAiParameters(body, Math.max(...lengths), settings, defaultMaxTokens)
  const replies = prompts.map((prompt) => openAiDeltas(prompt, parameters))
  if (parameters.streaming) return stream(streamSteps(replies, parameters, settings))
  const answers = replies.map(openAiAnswer)
  return json({
    ...openAiEnvelope('cmpl', 'text_completion', settings),
    choices: answers.map(({ text, end }, index) => choice(index, text, end)),
    usage: sumUsage(answers.map(({ end }) => end.usage)),
  })
}

function readPrompts(prompt: unknown): readonly string[] {
  if (typeof prompt === 'string') return [prompt]
  if (!isStrings(prompt)) throw new FieldError('prompt', 'a string or an array of strings')
  if (prompt.length === 0) throw new OpenAiRequestError('please provide at least one prompt')
  return prompt
}

function choice(index: number, text: string, end: OpenAiEnd | undefined): object {
  return { index, text, logprobs: null, finish_reason: end?.finishReason ?? null, stop_reason: end?.stopReason ?? null }
}

function sumUsage(usages: readonly OpenAiUsage[]): OpenAiUsage {
  return usages.reduce((sum, usage) => ({
    prompt_tokens: sum.prompt_tokens + usage.prompt_tokens,
    total_tokens: sum.total_tokens + usage.total_tokens,
    completion_tokens: sum.completion_tokens + usage.completion_tokens,
  }))
}

function* streamSteps(
  replies: readonly Iterable<OpenAiDelta>[],
  { includeUsage }: OpenAiParameters,
  settings: DemoSettings,
): Generator<Step> {
  const envelope = openAiEnvelope('cmpl', 'text_completion', settings)
  const usages: OpenAiUsage[] = []
  for (const [index, deltas] of replies.entries()) {
    for (const { text, end } of deltas) {
      yield* pace(settings)
      yield sseEvent({ ...envelope, choices: [choice(index, text, end)] })
      if (end) usages.push(end.usage)
    }
  }
  if (includeUsage) yield sseEvent({ ...envelope, choices: [], usage: sumUsage(usages) })
  yield sseDone
}
