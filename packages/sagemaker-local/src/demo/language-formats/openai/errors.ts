import { containerError, type LocalAnswer } from '../../../answers/local-answer.ts'

/** A request that vLLM refuses. */
export class OpenAIRequestError extends Error {
  readonly status: number

  constructor(message: string, status: number = 400) {
    super(message)
    this.status = status
  }
}

const errorTypes: Readonly<Record<number, string>> = { 400: 'BadRequestError', 404: 'NotFoundError' }

/** The error body of vLLM since version 0.10. */
export function openaiRefusal({ message, status }: OpenAIRequestError): LocalAnswer {
  return containerError(status, {
    error: { message, type: errorTypes[status] ?? 'InternalServerError', param: null, code: status },
  })
}
