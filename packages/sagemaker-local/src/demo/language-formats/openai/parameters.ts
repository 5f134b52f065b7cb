import type { DemoSettings } from '../generation.ts'
import { fieldsOf, isStrings, type JsonObject } from '../../../answers/json-fields.ts'
import { OpenAIRequestError } from './errors.ts'

/** Generation options of an OpenAI-shaped request. */
export interface OpenAIParameters {
  readonly maxNewTokens: number
  readonly temperature: number
  readonly topP: number | undefined
  readonly topK: number | undefined
  readonly seed: number
  /** Searched in the text of the answer, and cut off it. */
  readonly stopSequences: readonly string[]
  readonly streaming: boolean
  readonly includeUsage: boolean
}

/**
 * Reads and checks the parameters as vLLM does, with its wording.
 * @param defaultMaxTokens - Where the request has no limit; undefined: the rest of the context.
 * @throws {OpenAIRequestError}
 * @throws {FieldError} for a member of the wrong type.
 */
export function readOpenAIParameters(
  body: JsonObject,
  inputLength: number,
  settings: DemoSettings,
  defaultMaxTokens?: number,
): OpenAIParameters {
  const fields = fieldsOf(body)
  const refuseIf = (invalid: boolean, message: string, status?: number): void => {
    if (invalid) throw new OpenAIRequestError(message, status)
  }
  const model = fields.string('model') ?? ''
  refuseIf(model !== '' && model !== settings.modelName, `The model \`${model}\` does not exist.`, 404)
  const temperature = fields.number('temperature') ?? 1
  refuseIf(temperature < 0, `temperature must be non-negative, got ${temperature}.`)
  const topP = fields.number('top_p')
  refuseIf(topP !== undefined && (topP <= 0 || topP > 1), `top_p must be in (0, 1], got ${topP}.`)
  const topK = fields.integer('top_k')
  refuseIf(topK !== undefined && topK < -1, `top_k must be 0 (disable), or at least 1, got ${topK}.`)
  const { contextWindow } = settings
  const maxNewTokens =
    fields.integer('max_completion_tokens') ??
    fields.integer('max_tokens') ??
    defaultMaxTokens ??
    Math.max(1, contextWindow - inputLength)
  refuseIf(maxNewTokens < 1, `max_tokens must be at least 1, got ${maxNewTokens}.`)
  refuseIf(
    inputLength + maxNewTokens > contextWindow,
    `This model's maximum context length is ${contextWindow} tokens. However, you requested ${inputLength + maxNewTokens} tokens (${inputLength} in the messages, ${maxNewTokens} in the completion). Please reduce the length of the messages or completion.`,
  )
  const streaming = fields.boolean('stream') ?? false
  const streamOptions = fields.object('stream_options')
  refuseIf(streamOptions !== undefined && !streaming, 'Stream options can only be defined when `stream=True`.')
  return {
    maxNewTokens,
    temperature,
    topP,
    topK: topK !== undefined && topK > 0 ? topK : undefined,
    seed: fields.integer('seed') ?? settings.seed,
    stopSequences: readStop(body['stop'] ?? undefined),
    streaming,
    includeUsage: fieldsOf(streamOptions ?? {}).boolean('include_usage') ?? false,
  }
}

function readStop(stop: unknown): readonly string[] {
  if (stop === undefined) return []
  if (typeof stop === 'string') return [stop]
  if (isStrings(stop)) return stop
  throw new OpenAIRequestError('stop must be a string or an array of strings.')
}
