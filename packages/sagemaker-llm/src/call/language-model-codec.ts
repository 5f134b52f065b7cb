import type { ChatResponse, CodecRequest, LanguageModelInput, ModelCodec } from '@x/bedrock-like-types'
import { codecName } from '@x/sagemaker-endpoint/model-kit'
import type { OpenAIInput } from '../formats/openai/openai-input.ts'
import { mergeOptions } from './generation-options.ts'
import type { LLMCallOptions, ModelFormatOptions } from './model-options.ts'
import { modelSettings, type ModelSettings } from './model-settings.ts'
import { prepareCall, type PreparedCall } from './prepared-call.ts'
import { standardSchemaOf, withJson } from './response-schema.ts'
import { readWholeAnswer } from './whole-answer.ts'

/** Options of a codec in addition to those of the model. */
export interface CodecInputOptions {
  /**
   * What is written and read: a prompt or messages and a `ChatResponse`, or with `'openai'` the bodies of OpenAI's chat completions
   * and completions, whatever format the container has.
   * @defaultValue a prompt or messages
   */
  readonly input?: 'openai' | undefined
}

/**
 * Writes the request of a chat completion or a completion in OpenAI's format and reads the body of the answer as OpenAI's answer,
 * whatever format the container has. What the body gives wins over the options; a temperature or a length that it does not give is
 * left to the container.
 *
 * @throws {SagemakerError} from `request`: `invalid-request` with the member at fault as `path`; from `response`: what a call with
 * that answer would fail with.
 */
export function languageModelCodec(
  options: ModelFormatOptions & { readonly input: 'openai' },
): ModelCodec<object, object>
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
export function languageModelCodec(options?: ModelFormatOptions): ModelCodec<LanguageModelInput, ChatResponse>
export function languageModelCodec({ input, ...options }: ModelFormatOptions & CodecInputOptions = {}):
  | ModelCodec<object, object>
  | ModelCodec<LanguageModelInput, ChatResponse> {
  const settings = modelSettings(options, { endpointName: 'unknown', transport: 'invoke' })
  return input === 'openai' ? openaiCodecOf(settings, settings.generation) : codecOf(settings, settings.generation)
}

/** The codec of a model object with these options of a call over its own. */
export function codecOf(
  settings: ModelSettings,
  options: LLMCallOptions,
): ModelCodec<LanguageModelInput, ChatResponse> {
  const prepare = (input: LanguageModelInput): Promise<PreparedCall> => prepareCall(input, options, settings, false)
  return {
    name: nameOf(settings, mergeOptions(settings.generation, options)),
    request: async (input) => (await prepare(input)).request,
    response: async (body, input) => {
      const answer = readWholeAnswer(body, await prepare(input))
      const schema = standardSchemaOf(options.responseFormat)
      return schema === undefined ? answer : withJson(answer, schema, settings.endpointName)
    },
  }
}

/**
 * The same for the bodies of OpenAI's chat completions and completions. What the body gives wins over the options. A temperature or a
 * length that it does not give is left to the container, as OpenAI's clients expect.
 */
export function openaiCodecOf(settings: ModelSettings, options: LLMCallOptions): ModelCodec<object, object> {
  const prepare = async (body: object): Promise<readonly [PreparedCall, OpenAIInput]> => {
    const { readOpenAIInput } = await import('../formats/openai/openai-input.ts')
    const input = readOpenAIInput(body)
    const merged = mergeOptions(mergeOptions<LLMCallOptions>({ reasoning: 'auto' }, options), input.options)
    return [await prepareCall(input.messages ?? input.prompts[0] ?? '', merged, settings, false), input]
  }
  return {
    name: `${nameOf(settings, mergeOptions(settings.generation, options))}:openai`,
    request: async (body): Promise<CodecRequest> => {
      const [{ request }, { unknownMembers }] = await prepare(body)
      const ignored = Object.keys(unknownMembers).map((option) => ({
        option,
        message: `${option} was not sent: it is not part of OpenAI's format`,
      }))
      return { ...request, warnings: [...request.warnings, ...ignored] }
    },
    response: async (bytes, body) => {
      const [call, input] = await prepare(body)
      const { identityOf, writeOpenAIChat, writeOpenAICompletion } = await import('../formats/openai/openai-output.ts')
      const answer = readWholeAnswer(bytes, call)
      const identity = identityOf(answer.raw, input.model ?? settings.modelName ?? '')
      return input.messages === undefined
        ? writeOpenAICompletion([answer], identity)
        : writeOpenAIChat(answer, identity)
    },
  }
}

function nameOf({ modelName, systemPrompt, contentHandler }: ModelSettings, generation: LLMCallOptions): string {
  return codecName('language', contentHandler?.name ?? 'auto', { modelName, systemPrompt, generation })
}
