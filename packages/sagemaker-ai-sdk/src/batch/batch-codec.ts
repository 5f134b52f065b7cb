import type { ModelCodec } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { languageModelCodec, type ModelFormatOptions } from '@x/sagemaker-llm'
import { generateResult } from '../answer/generate-result.ts'
import type { LanguageModelBehavior } from '../contract/settings.ts'
import type { GenerateResult } from '../contract/stream-part.ts'
import { warningOf } from '../request/call-warnings.ts'
import { isJsonRefusal, withoutJson } from '../request/json-refusal.ts'
import { type LanguageRequest, languageRequest } from '../request/language-request.ts'
import { type BatchCall, readCall } from './batch-call.ts'

type LanguageCodec = ReturnType<typeof languageModelCodec>

/** A request that was translated and written. */
interface WrittenCall {
  readonly request: LanguageRequest
  readonly codec: LanguageCodec
  readonly written: Awaited<ReturnType<LanguageCodec['request']>>
}

/** Writes the requests of a batch, and reads answers as the results that the AI SDK expects. */
export function batchCodec(
  model: ModelFormatOptions,
  behavior: LanguageModelBehavior,
): ModelCodec<BatchCall, GenerateResult> {
  const containerDefaults = { temperature: null, maxNewTokens: null, reasoning: 'auto' } as const
  const codecFor = (options: object): LanguageCodec =>
    languageModelCodec({ ...containerDefaults, ...definedMembers(model), ...definedMembers(options) })

  const write = async (request: LanguageRequest): Promise<WrittenCall> => {
    const codec = codecFor(request.options)
    return { request, codec, written: await codec.request(request.messages) }
  }
  const prepare = async (call: BatchCall): Promise<WrittenCall> => {
    const request = translated(call, behavior)
    try {
      return await write(request)
    } catch (thrown) {
      if (!isJsonRefusal(thrown)) throw thrown
      return write(withoutJson(request))
    }
  }
  return {
    name: `ai-sdk-batch:${codecFor({}).name}`,
    request: async (call) => (await prepare(call)).written,
    response: async (body, call, contentType) => {
      const { request, codec, written } = await prepare(call)
      const answer = await codec.response(body, request.messages, contentType)
      const { request: _, ...result } = generateResult(answer, {
        warnings: [...request.warnings, ...written.warnings.map(warningOf)],
        requestBody: undefined,
        isJsonTool: request.isJsonTool,
      })
      // The request is in the input of the batch.
      return { ...result, request: {} }
    },
  }
}

/** Translates a call. One that cannot be translated is a request that fails, and no reason to stop the others. */
function translated(call: BatchCall, behavior: LanguageModelBehavior): LanguageRequest {
  try {
    return languageRequest(readCall(call), behavior)
  } catch (cause) {
    throw new SagemakerError('invalid-request', cause instanceof Error ? cause.message : String(cause), { cause })
  }
}

function definedMembers(options: object): object {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}
