import type { Answer } from '../../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../../answers/received-request.ts'
import type { DemoSettings } from '../generation.ts'
import { FieldError, isObject, parseJson } from '../../../answers/json-fields.ts'
import { answerOpenAiChat } from './chat.ts'
import { answerOpenAiCompletion } from './completion.ts'
import { OpenAiRequestError, openAiRefusal } from './errors.ts'

/** `/invocations` of vLLM: chat for `messages`, else completion for `prompt`. */
export function answerOpenAi(request: ReceivedRequest, settings: DemoSettings): Answer {
  if (!/^application\/json\b/i.test(request.contentType ?? '')) {
    return openAiRefusal(new OpenAiRequestError("Unsupported Media Type: Only 'application/json' is allowed", 415))
  }
  const parsed = parseJson(request.text)
  if ('error' in parsed) return openAiRefusal(new OpenAiRequestError(`JSON decode error: ${parsed.error}`))
  const body = parsed.value
  try {
    if (isObject(body) && 'messages' in body) return answerOpenAiChat(body, settings)
    if (isObject(body) && 'prompt' in body) return answerOpenAiCompletion(body, settings)
    throw new OpenAiRequestError(
      "Cannot find suitable handler for request. Expected one of: ['ChatCompletionRequest', 'CompletionRequest']",
    )
  } catch (error) {
    if (error instanceof OpenAiRequestError) return openAiRefusal(error)
    if (error instanceof FieldError) return openAiRefusal(new OpenAiRequestError(error.message))
    throw error
  }
}
