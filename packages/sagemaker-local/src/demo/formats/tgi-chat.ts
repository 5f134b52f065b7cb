import { json, stream, type Answer } from '../../endpoints/answer.ts'
import type { Step } from '../../endpoints/step.ts'
import type { FinishReason } from '../language/generate.ts'
import { chatTurns } from './chat-turns.ts'
import { complete, inputLength, pace, startGeneration, type DemoSettings, type Generation } from './generation.ts'
import { fieldsOf, type JsonObject } from './json-fields.ts'
import { sseDone, sseEvent } from './sse.ts'
import { TgiValidationError, tgiChatRefusal } from './tgi-errors.ts'
import { commonTgiParameters, validateTgiParameters } from './tgi-parameters.ts'
import { tgiEnvelope, tgiUsage } from './tgi-envelope.ts'

/** TGI's Messages API: OpenAI's `messages`, with TGI's peculiarities. Throws a `FieldError` for a body of another shape. */
export function answerTgiChat(body: JsonObject, settings: DemoSettings): Answer {
  const fields = fieldsOf(body)
  const turns = chatTurns(fields.array('messages') ?? [])
  const streaming = fields.boolean('stream') ?? false
  const includeUsage = fieldsOf(fields.object('stream_options') ?? {}).boolean('include_usage') ?? false
  const common = commonTgiParameters(fields)
  const parameters = {
    ...common,
    maxNewTokens: fields.integer('max_tokens') ?? fields.integer('max_completion_tokens'),
    // Here, unlike for `inputs`, a temperature of 0 means to sample nothing.
    doSample: common.temperature !== 0,
    temperature: common.temperature === 0 ? undefined : common.temperature,
  }
  try {
    const options = validateTgiParameters(parameters, inputLength(turns), settings)
    const generation = startGeneration(turns, options)
    return streaming ? stream(streamSteps(generation, includeUsage, settings)) : json(wholeBody(generation, settings))
  } catch (error) {
    if (error instanceof TgiValidationError) return tgiChatRefusal(error, streaming)
    throw error
  }
}

function wholeBody(generation: Generation, settings: DemoSettings): unknown {
  const { tokens, text, finishReason } = complete(generation)
  return {
    ...tgiEnvelope('chat.completion', settings),
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: text },
        logprobs: null,
        finish_reason: chatFinishReason(finishReason),
      },
    ],
    usage: tgiUsage(generation.inputLength, tokens.length),
  }
}

function* streamSteps(generation: Generation, includeUsage: boolean, settings: DemoSettings): Generator<Step> {
  const envelope = tgiEnvelope('chat.completion.chunk', settings)
  const chunk = (content: string, end?: FinishReason): Step =>
    sseEvent({
      ...envelope,
      choices: [
        {
          index: 0,
          delta: { role: 'assistant', content, tool_calls: null },
          logprobs: null,
          finish_reason: end === undefined ? null : chatFinishReason(end),
        },
      ],
      usage: null,
    })
  let count = 0
  let next = generation.tokens.next()
  while (!next.done) {
    yield* pace(settings)
    const { text, special } = next.value
    count += 1
    next = generation.tokens.next()
    yield chunk(special ? '' : text, next.done ? next.value : undefined)
  }
  if (includeUsage) yield sseEvent({ ...envelope, choices: [], usage: tgiUsage(generation.inputLength, count) })
  yield sseDone
}

/** Since version 2.3 the natural end is called `stop` here, the other ends as everywhere in TGI. */
function chatFinishReason(reason: FinishReason): string {
  return reason === 'eos_token' ? 'stop' : reason
}
