import { json, type LocalAnswer } from '../../../answers/local-answer.ts'
import type { FinishReason } from '../../language/generate.ts'
import { complete, inputLength, startGeneration, type DemoSettings, type Generation } from '../generation.ts'
import { FieldError, fieldsOf, isStrings, type JsonObject } from '../../../answers/json-fields.ts'
import { eventStream, sseDone } from '../stream-values.ts'
import { tgiEnvelope, tgiUsage } from './envelope.ts'
import { TgiValidationError, tgiRefusal } from './errors.ts'
import { commonTgiParameters, validateTgiParameters } from './parameters.ts'

/** TGI's Completions API: OpenAI's `prompt`, one or several. Throws a `FieldError` for a body of another shape. */
export function answerTgiCompletion(body: JsonObject, settings: DemoSettings): LocalAnswer {
  const fields = fieldsOf(body)
  const prompts = readPrompts(body['prompt'])
  const streaming = fields.boolean('stream') ?? false
  const common = commonTgiParameters(fields)
  const parameters = {
    ...common,
    maxNewTokens: fields.integer('max_tokens'),
    doSample: common.temperature !== 0,
    temperature: common.temperature === 0 ? undefined : common.temperature,
  }
  try {
    if (fields.string('suffix') !== undefined)
      throw new TgiValidationError('Suffix is not supported and can be achieved by preprocessing the prompt.')
    const generations = prompts.map((prompt) =>
      startGeneration(prompt, validateTgiParameters(parameters, inputLength(prompt), settings)),
    )
    return streaming
      ? eventStream(streamValues(generations, settings), settings, sseDone)
      : json(wholeBody(generations, settings))
  } catch (error) {
    if (error instanceof TgiValidationError) return tgiRefusal(error, streaming)
    throw error
  }
}

function readPrompts(prompt: unknown): readonly string[] {
  if (typeof prompt === 'string') return [prompt]
  if (isStrings(prompt)) return prompt
  throw new FieldError('prompt', 'a string or an array of strings')
}

function wholeBody(generations: readonly Generation[], settings: DemoSettings): unknown {
  const completions = generations.map(complete)
  const promptTokens = generations.reduce((total, generation) => total + generation.inputLength, 0)
  const completionTokens = completions.reduce((total, { tokens }) => total + tokens.length, 0)
  return {
    ...tgiEnvelope('text_completion', settings),
    choices: completions.map(({ text, finishReason }, index) => ({
      index,
      text,
      logprobs: null,
      finish_reason: completionFinishReason(finishReason),
    })),
    usage: tgiUsage(promptTokens, completionTokens),
  }
}

/** An unfinished choice has the finish reason `""`; the usage of each prompt comes with its last chunk. */
function* streamValues(generations: readonly Generation[], settings: DemoSettings): Generator<object> {
  const envelope = tgiEnvelope('text_completion', settings)
  for (const [index, generation] of generations.entries()) {
    let count = 0
    let next = generation.tokens.next()
    while (!next.done) {
      const { text, special } = next.value
      count++
      next = generation.tokens.next()
      const end = next.done ? completionFinishReason(next.value) : ''
      yield {
        ...envelope,
        choices: [{ index, text: special ? '' : text, logprobs: null, finish_reason: end }],
        ...(next.done ? { usage: tgiUsage(generation.inputLength, count) } : {}),
      }
    }
  }
}

function completionFinishReason(reason: FinishReason): string {
  return reason === 'eos_token' ? 'stop' : reason
}
