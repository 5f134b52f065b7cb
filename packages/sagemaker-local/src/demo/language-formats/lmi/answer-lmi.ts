import type { LocalAnswer } from '../../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../../answers/received-request.ts'
import type { DemoSettings } from '../generation.ts'
import { FieldError, isObject, parseJson } from '../../../answers/json-fields.ts'
import { LmiRequestError, lmiHandlerError, lmiRefusal } from './errors.ts'
import { answerRollingChat } from './rolling-chat.ts'
import { answerRollingGenerate } from './rolling-generate.ts'

/** `/invocations` of LMI (DJL Serving) with rolling batch: chat for `messages`, else LMI's own schema. */
export function answerLmi(request: ReceivedRequest, settings: DemoSettings): LocalAnswer {
  const parsed = parseJson(request.text)
  if ('error' in parsed) return lmiHandlerError(`Input parsing failed: ${parsed.error}`)
  const body = parsed.value
  try {
    if (isObject(body) && 'messages' in body) return answerRollingChat(body, settings)
    if (isObject(body) && typeof body['inputs'] === 'string') return answerRollingGenerate(body, settings)
    return lmiHandlerError('Input parsing failed: the request has neither inputs nor messages')
  } catch (error) {
    if (error instanceof LmiRequestError) return lmiRefusal(error)
    if (error instanceof FieldError) return lmiHandlerError(`Input parsing failed: ${error.message}`)
    throw error
  }
}
