import type { LocalAnswer } from '../../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../../answers/received-request.ts'
import type { DemoSettings } from '../generation.ts'
import { FieldError, isObject, parseJson } from '../../../answers/json-fields.ts'
import { answerTgiChat } from './chat.ts'
import { answerTgiCompletion } from './completion.ts'
import { tgiBodyErrors } from './errors.ts'
import { answerTgiGenerate } from './generate.ts'

/** `/invocations` of Text Generation Inference 2.4 and later: `inputs`, else `messages`, else `prompt`. */
export function answerTgi(request: ReceivedRequest, settings: DemoSettings): LocalAnswer {
  if (!/^application\/([\w.-]+\+)?json\b/i.test(request.contentType ?? '')) return tgiBodyErrors.contentType()
  const parsed = parseJson(request.text)
  if ('error' in parsed) return tgiBodyErrors.syntax(parsed.error)
  const body = parsed.value
  try {
    if (isObject(body)) {
      if ('inputs' in body) return answerTgiGenerate(body, settings)
      if ('messages' in body) return answerTgiChat(body, settings)
      if ('prompt' in body) return answerTgiCompletion(body, settings)
    }
  } catch (error) {
    if (!(error instanceof FieldError)) throw error
  }
  return tgiBodyErrors.shape()
}
