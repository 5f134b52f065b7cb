import { containerError, type LocalAnswer } from '../../../answers/local-answer.ts'

/** A request that LMI refuses before inference. */
export class LmiRequestError extends Error {}

/** What the Python handler of DJL Serving answers when it cannot handle a request. */
export function lmiHandlerError(error: string): LocalAnswer {
  return containerError(424, { code: 424, message: 'invoke handler failure', error })
}

/** A refusal of rolling batch: before inference, so a stream has an error status, too. */
export function lmiRefusal(error: LmiRequestError): LocalAnswer {
  return containerError(424, { error: error.message, code: 424 })
}

/** A refusal of vLLM in async mode, as text inside of JSON. */
export function lmiAsyncRefusal(message: string, type: string, code: number): LocalAnswer {
  return containerError(500, {
    code: 500,
    error: `error=ErrorInfo(message='${message}', type='${type}', param=None, code=${code})`,
  })
}
