import { FieldError, fieldsOf, isObject, isStrings, parseJson, type JsonObject } from '../../answers/json-fields.ts'
import type { LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { OpenAIRequestError, openaiRefusal } from '../language-formats/openai/errors.ts'

/** Parses the JSON body of a request and answers it. Reports {@link OpenAIRequestError} and {@link FieldError} as vLLM does. */
export function readVllmBody(request: ReceivedRequest, answer: (body: JsonObject) => LocalAnswer): LocalAnswer {
  if (!/^application\/json\b/i.test(request.contentType ?? '')) {
    return openaiRefusal(new OpenAIRequestError("Unsupported Media Type: Only 'application/json' is allowed", 415))
  }
  const parsed = parseJson(request.text)
  if ('error' in parsed) return openaiRefusal(new OpenAIRequestError(`JSON decode error: ${parsed.error}`))
  try {
    return answer(isObject(parsed.value) ? parsed.value : {})
  } catch (error) {
    if (error instanceof OpenAIRequestError) return openaiRefusal(error)
    if (error instanceof FieldError) return openaiRefusal(new OpenAIRequestError(error.message))
    throw error
  }
}

/**
 * Checks the name of the model.
 * @throws {OpenAIRequestError} if the request names another model than the served one.
 */
export function checkVllmModel(body: JsonObject, modelName: string): void {
  const model = fieldsOf(body).string('model') ?? ''
  if (model !== '' && model !== modelName) throw new OpenAIRequestError(`The model \`${model}\` does not exist.`, 404)
}

/**
 * Returns the token counts after `truncate_prompt_tokens` (-1 is the limit of the model).
 * @param task - Purpose of the input, for the message.
 * @throws {OpenAIRequestError} if a count exceeds `maxTokens`.
 */
export function checkVllmTokens(
  counts: readonly number[],
  body: JsonObject,
  maxTokens: number,
  task: 'score' | 'classification' | 'embedding generation',
): readonly number[] {
  const truncation = fieldsOf(body).integer('truncate_prompt_tokens')
  if (truncation !== undefined && truncation < -1) {
    throw new OpenAIRequestError('truncate_prompt_tokens must be greater than or equal to -1')
  }
  if (truncation !== undefined && truncation > maxTokens) {
    throw new OpenAIRequestError(
      `truncate_prompt_tokens value (${truncation}) is greater than max_model_len (${maxTokens}). Please, select a smaller truncation size.`,
    )
  }
  const limit = truncation === undefined ? Infinity : truncation === -1 ? maxTokens : truncation
  const limited = counts.map((count) => Math.min(count, limit))
  const longest = Math.max(0, ...limited)
  if (longest <= maxTokens) return limited
  throw new OpenAIRequestError(
    `This model's maximum context length is ${maxTokens} tokens. However, you requested ${longest} tokens in the input for ${task}. Please reduce the length of the input.`,
  )
}

/**
 * Returns the texts of `input`.
 * @throws {OpenAIRequestError} if there are none.
 */
export function readVllmInput(input: unknown): readonly string[] {
  if (typeof input === 'string') return [input]
  if (!isStrings(input)) throw new FieldError('input', 'a string or an array of strings')
  if (input.length === 0) throw new OpenAIRequestError('input cannot be empty')
  return input
}

/** Whether scores are probabilities: unless `use_activation`, or one of its older names, is false. */
export function usesActivation(body: JsonObject): boolean {
  const fields = fieldsOf(body)
  return fields.boolean('use_activation') ?? fields.boolean('activation') ?? fields.boolean('softmax') ?? true
}

/** Usage of a call without generated tokens. */
export function vllmUsage(tokens: number): Readonly<Record<string, number | null>> {
  return { prompt_tokens: tokens, total_tokens: tokens, completion_tokens: 0, prompt_tokens_details: null }
}
