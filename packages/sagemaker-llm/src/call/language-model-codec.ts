import type { ChatResponse, LanguageModelInput, ModelCodec } from '@x/bedrock-like-types'
import { createHash } from 'node:crypto'
import { mergeOptions } from './generation-options.ts'
import type { LLMCallOptions, ModelFormatOptions } from './model-options.ts'
import { modelSettings, type ModelSettings } from './model-settings.ts'
import { prepareCall, type PreparedCall } from './prepared-call.ts'
import { standardSchemaOf, withJson } from './response-schema.ts'
import { readWholeAnswer } from './whole-answer.ts'

/**
 * Writes the request of a prompt or a conversation and reads the body of the answer, without sending anything: for asynchronous
 * inference, batch transform and other ways of sending.
 *
 * The name of the codec has a digest of the options, so that jobs notice when they are resumed with others. Functions such as
 * `messagesToPrompt` are not part of it.
 *
 * @throws {SagemakerError} from `request`: `invalid-request` for what cannot be sent; from `response`: what a call with that
 * answer would fail with.
 */
export function languageModelCodec(options: ModelFormatOptions = {}): ModelCodec<LanguageModelInput, ChatResponse> {
  const settings = modelSettings(options, { endpointName: 'unknown', transport: 'invoke' })
  return codecOf(settings, settings.generation)
}

/** The codec of a model object with these options of a call over its own. */
export function codecOf(
  settings: ModelSettings,
  options: LLMCallOptions,
): ModelCodec<LanguageModelInput, ChatResponse> {
  const prepare = (input: LanguageModelInput): Promise<PreparedCall> => prepareCall(input, options, settings, false)
  return {
    name: codecName(settings, mergeOptions(settings.generation, options)),
    request: async (input) => (await prepare(input)).request,
    response: async (body, input) => {
      const answer = readWholeAnswer(body, await prepare(input))
      const schema = standardSchemaOf(options.responseFormat)
      return schema === undefined ? answer : withJson(answer, schema, settings.endpointName)
    },
  }
}

function codecName(settings: ModelSettings, generation: LLMCallOptions): string {
  const { modelName, systemPrompt, contentHandler } = settings
  const digest = createHash('sha256')
    .update(JSON.stringify([modelName, systemPrompt, generation]))
    .digest('hex')
  return `language:${contentHandler?.name ?? 'auto'}:${digest.slice(0, 16)}`
}
