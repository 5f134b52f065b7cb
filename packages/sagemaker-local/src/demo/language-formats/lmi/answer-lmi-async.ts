import { json, type LocalAnswer } from '../../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../../answers/received-request.ts'
import { chatTurns } from '../chat-turns.ts'
import { generateDeltas } from '../deltas.ts'
import { inputLength, type DemoSettings } from '../generation.ts'
import { FieldError, fieldsOf, isObject, parseJson, type JsonObject } from '../../../answers/json-fields.ts'
import { chatChunks, wholeChatAnswer } from '../openai/chat-answer.ts'
import { completionChunks, wholeCompletion } from '../openai/completion.ts'
import { OpenAIRequestError } from '../openai/errors.ts'
import { readOpenAIParameters } from '../openai/parameters.ts'
import { reasoningOn } from '../reasoning.ts'
import { lineStream } from '../stream-values.ts'
import { answerAsyncGenerate } from './async-generate.ts'
import { LmiRequestError, lmiAsyncRefusal, lmiHandlerError } from './errors.ts'

/** Default of vLLM for completions. */
const defaultMaxTokens = 16

/**
 * `/invocations` of LMI in async mode, the default since LMI 17: completion for `prompt`, LMI's schema for `inputs`, chat for `messages`. Its
 * streams are vLLM's without `data: ` and without an end marker: JSON lines, and a blank one at the end.
 */
export function answerLmiAsync(request: ReceivedRequest, settings: DemoSettings): LocalAnswer {
  const parsed = parseJson(request.text)
  if ('error' in parsed) return lmiHandlerError(parsed.error)
  const body = parsed.value
  try {
    if (isObject(body)) {
      if ('prompt' in body) return answerCompletion(body, settings)
      if ('inputs' in body) return answerAsyncGenerate(body, settings)
      if ('messages' in body) return answerChat(body, settings)
    }
    return lmiHandlerError('invalid payload. must contain prompt, inputs, or messages')
  } catch (error) {
    if (error instanceof OpenAIRequestError) return lmiAsyncRefusal(error.message, 'BadRequestError', error.status)
    if (error instanceof LmiRequestError) return lmiAsyncRefusal(error.message, 'BadRequestError', 400)
    if (error instanceof FieldError) return lmiHandlerError(error.message)
    throw error
  }
}

function answerCompletion(body: JsonObject, settings: DemoSettings): LocalAnswer {
  const prompt = fieldsOf(body).string('prompt') ?? ''
  const parameters = readOpenAIParameters(body, inputLength(prompt), settings, defaultMaxTokens)
  const replies = [generateDeltas(prompt, parameters)]
  if (!parameters.streaming) return json(wholeCompletion(replies, settings))
  return lineStream(completionChunks(replies, parameters, settings), settings, '\n')
}

function answerChat(body: JsonObject, settings: DemoSettings): LocalAnswer {
  const turns = chatTurns(fieldsOf(body).array('messages') ?? [])
  const parameters = readOpenAIParameters(body, inputLength(turns), settings)
  const reply = { reasoning: reasoningOn(turns, settings), deltas: generateDeltas(turns, parameters) }
  if (!parameters.streaming) return json(wholeChatAnswer(reply, settings))
  return lineStream(chatChunks(reply, parameters, settings), settings, '\n')
}
