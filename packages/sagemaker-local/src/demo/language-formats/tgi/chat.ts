import { json, type LocalAnswer } from '../../../answers/local-answer.ts'
import type { FinishReason } from '../../language/generate.ts'
import type { Turn } from '../../language/beginning.ts'
import { chatTurns } from '../chat-turns.ts'
import { complete, inputLength, startGeneration, type DemoSettings, type Generation } from '../generation.ts'
import { fieldsOf, type JsonObject } from '../../../answers/json-fields.ts'
import { reasoningOn, thinkTags } from '../reasoning.ts'
import { eventStream, sseDone } from '../stream-values.ts'
import { chooseToolCall, readToolChoice, readTools } from '../tool-call.ts'
import { TgiValidationError, tgiChatRefusal } from './errors.ts'
import { commonTgiParameters, validateTgiParameters } from './parameters.ts'
import { tgiEnvelope, tgiUsage } from './envelope.ts'
import { toolCallAnswer, toolCallChunks } from './tool-call-answer.ts'

/** TGI's Messages API: OpenAI's `messages`, with TGI's peculiarities. Throws a `FieldError` for a body of another shape. */
export function answerTgiChat(body: JsonObject, settings: DemoSettings): LocalAnswer {
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
    const call = chooseToolCall(turns, readTools(fields.array('tools') ?? []), readToolChoice(body['tool_choice']))
    if (call && streaming) return eventStream(toolCallChunks(call, settings), settings, sseDone)
    if (call) return json(toolCallAnswer(call, inputLength(turns), settings))
    const reply = { thoughts: thoughtsOn(turns, settings), generation: startGeneration(turns, options) }
    return streaming
      ? eventStream(chatChunks(reply, includeUsage, settings), settings, sseDone)
      : json(wholeBody(reply, settings))
  } catch (error) {
    if (error instanceof TgiValidationError) return tgiChatRefusal(error, streaming)
    throw error
  }
}

interface ChatReply {
  /** TGI has no field for them: they are part of the text. */
  readonly thoughts: readonly string[]
  readonly generation: Generation
}

function thoughtsOn(turns: readonly Turn[], settings: DemoSettings): readonly string[] {
  const thoughts = reasoningOn(turns, settings)
  return thoughts.length === 0 ? [] : [thinkTags.open, ...thoughts, thinkTags.close]
}

function wholeBody({ thoughts, generation }: ChatReply, settings: DemoSettings): object {
  const { tokens, text, finishReason } = complete(generation)
  return {
    ...tgiEnvelope('chat.completion', settings),
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: thoughts.join('') + text },
        logprobs: null,
        finish_reason: chatFinishReason(finishReason),
      },
    ],
    usage: tgiUsage(generation.inputLength, thoughts.length + tokens.length),
  }
}

function* chatChunks(
  { thoughts, generation }: ChatReply,
  includeUsage: boolean,
  settings: DemoSettings,
): Generator<object> {
  const envelope = tgiEnvelope('chat.completion.chunk', settings)
  const chunk = (content: string, end?: FinishReason): object => ({
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
  for (const thought of thoughts) yield chunk(thought)
  let count = thoughts.length
  let next = generation.tokens.next()
  while (!next.done) {
    const { text, special } = next.value
    count++
    next = generation.tokens.next()
    yield chunk(special ? '' : text, next.done ? next.value : undefined)
  }
  if (includeUsage) yield { ...envelope, choices: [], usage: tgiUsage(generation.inputLength, count) }
}

/** Since version 2.3 the natural end is called `stop` here, the other ends as everywhere in TGI. */
function chatFinishReason(reason: FinishReason): string {
  return reason === 'eos_token' ? 'stop' : reason
}
