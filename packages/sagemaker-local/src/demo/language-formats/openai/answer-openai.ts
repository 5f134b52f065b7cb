import type { LocalAnswer } from '../../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../../answers/received-request.ts'
import type { DemoSettings } from '../generation.ts'
import { FieldError, isObject, parseJson } from '../../../answers/json-fields.ts'
import { answerOpenAIChat } from './chat.ts'
import { answerOpenAICompletion } from './completion.ts'
import { OpenAIRequestError, openaiRefusal } from './errors.ts'

/** `/invocations` of vLLM: chat for `messages`, else completion for `prompt`. */
export function answerOpenAI(request: ReceivedRequest, settings: DemoSettings): LocalAnswer {
  if (!/^application\/json\b/i.test(request.contentType ?? '')) {
    return openaiRefusal(new OpenAIRequestError("Unsupported Media Type: Only 'application/json' is allowed", 415))
  }
  const parsed = parseJson(request.text)
  if ('error' in parsed) return openaiRefusal(new OpenAIRequestError(`JSON decode error: ${parsed.error}`))
  const body = parsed.value
  try {
    if (isObject(body) && 'messages' in body) return answerOpenAIChat(body, settings)
    if (isObject(body) && 'prompt' in body) return answerOpenAICompletion(body, settings)
    throw new OpenAIRequestError(
      "Cannot find suitable handler for request. Expected one of: ['ChatCompletionRequest', 'CompletionRequest']",
    )
  } catch (error) {
    if (error instanceof OpenAIRequestError) return openaiRefusal(error)
    if (error instanceof FieldError) return openaiRefusal(new OpenAIRequestError(error.message))
    throw error
  }
}
