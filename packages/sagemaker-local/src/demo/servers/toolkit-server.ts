import { FieldError, isObject, parseJson, type JsonObject } from '../../answers/json-fields.ts'
import { containerError, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'

/**
 * Parses a request as the Hugging Face Inference Toolkit does: `inputs`, or the whole body without them, and `parameters`. Every failure has status
 * 400 and the message of a Python exception.
 */
export function readToolkitBody(
  request: ReceivedRequest,
  answer: (inputs: unknown, parameters: JsonObject) => LocalAnswer,
): LocalAnswer {
  const parsed = parseJson(request.text)
  if ('error' in parsed) return toolkitRefusal(parsed.error)
  const body = parsed.value
  const inputs = isObject(body) && 'inputs' in body ? body['inputs'] : body
  const parameters = isObject(body) && isObject(body['parameters']) ? body['parameters'] : {}
  try {
    return answer(inputs, parameters)
  } catch (error) {
    if (error instanceof FieldError) return toolkitRefusal(error.message)
    throw error
  }
}

export function toolkitRefusal(message: string): LocalAnswer {
  return containerError(400, { code: 400, type: 'InternalServerException', message })
}

/** The error of PyTorch for an input with more tokens than the model has positions. */
export function tooLongForToolkit(tokens: number, maxTokens: number): LocalAnswer {
  return toolkitRefusal(
    `The size of tensor a (${tokens}) must match the size of tensor b (${maxTokens}) at non-singleton dimension 1`,
  )
}
