import { json, type LocalAnswer } from '../../../answers/local-answer.ts'
import { generateDeltas, wholeAnswer, type AnswerEnd, type Delta } from '../deltas.ts'
import { inputLength, type DemoSettings } from '../generation.ts'
import { FieldError, isStrings, type JsonObject } from '../../../answers/json-fields.ts'
import { eventStream, sseDone } from '../stream-values.ts'
import { openaiEnvelope, openaiUsage } from './envelope.ts'
import { OpenAIRequestError } from './errors.ts'
import { readOpenAIParameters, type OpenAIParameters } from './parameters.ts'

/** vLLM's limit for completions that bring none. */
const defaultMaxTokens = 16

/** Completions of one or several prompts as vLLM writes them. */
export function answerOpenAICompletion(body: JsonObject, settings: DemoSettings): LocalAnswer {
  const prompts = readPrompts(body['prompt'])
  const parameters = readOpenAIParameters(body, Math.max(...prompts.map(inputLength)), settings, defaultMaxTokens)
  const replies = prompts.map((prompt) => generateDeltas(prompt, parameters))
  return parameters.streaming
    ? eventStream(completionChunks(replies, parameters, settings), settings, sseDone)
    : json(wholeCompletion(replies, settings))
}

function readPrompts(prompt: unknown): readonly string[] {
  if (typeof prompt === 'string') return [prompt]
  if (!isStrings(prompt)) throw new FieldError('prompt', 'a string or an array of strings')
  if (prompt.length === 0) throw new OpenAIRequestError('please provide at least one prompt')
  return prompt
}

export function wholeCompletion(replies: readonly Iterable<Delta>[], settings: DemoSettings): object {
  const answers = replies.map(wholeAnswer)
  return {
    ...openaiEnvelope('cmpl', 'text_completion', settings),
    choices: answers.map(({ text, end }, index) => choice(index, text, end)),
    usage: openaiUsage(sum(answers.map(({ end }) => end))),
  }
}

export function* completionChunks(
  replies: readonly Iterable<Delta>[],
  { includeUsage }: OpenAIParameters,
  settings: DemoSettings,
): Generator<object> {
  const envelope = openaiEnvelope('cmpl', 'text_completion', settings)
  const ends: AnswerEnd[] = []
  for (const [index, deltas] of replies.entries()) {
    for (const { text, end } of deltas) {
      yield { ...envelope, choices: [choice(index, text, end)] }
      if (end) ends.push(end)
    }
  }
  if (includeUsage) yield { ...envelope, choices: [], usage: openaiUsage(sum(ends)) }
}

function choice(index: number, text: string, end: AnswerEnd | undefined): object {
  return {
    index,
    text,
    logprobs: null,
    finish_reason: end?.finishReason ?? null,
    stop_reason: end?.stopSequence ?? null,
  }
}

function sum(ends: readonly AnswerEnd[]): Pick<AnswerEnd, 'inputTokens' | 'outputTokens'> {
  return {
    inputTokens: ends.reduce((total, { inputTokens }) => total + inputTokens, 0),
    outputTokens: ends.reduce((total, { outputTokens }) => total + outputTokens, 0),
  }
}
