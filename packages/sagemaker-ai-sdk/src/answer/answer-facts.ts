import type { JsonObject, JsonValue } from '../contract/json.ts'
import type { ModelResponseMetadata, ModelUsage, StopReason } from '@x/sagemaker-llm'
import type { AnswerNames, FinishReason, ProviderMetadata, Usage } from '../contract/stream-part.ts'

const finishReasons: Readonly<Record<StopReason, FinishReason['unified']>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  content_filtered: 'content-filter',
  guardrail_intervened: 'content-filter',
  tool_use: 'tool-calls',
  malformed_tool_use: 'error',
  malformed_model_output: 'error',
}

/** Why the model stopped, in the SDK's word and in the container's. */
export function finishReasonOf(stopReason: StopReason, raw: string | undefined): FinishReason {
  return { unified: finishReasons[stopReason] ?? 'other', raw }
}

/** Tokens used. What the container did not report stays `undefined`: `noCache` and `text` are differences of two numbers that it did. */
export function usageOf(usage: ModelUsage | undefined): Usage {
  const { inputTokens, outputTokens, reasoningTokens, cacheReadTokens, cacheWriteTokens, raw } = usage ?? {}
  const cached = cacheReadTokens ?? cacheWriteTokens
  return {
    inputTokens: {
      total: inputTokens,
      noCache:
        inputTokens === undefined || cached === undefined
          ? undefined
          : inputTokens - (cacheReadTokens ?? 0) - (cacheWriteTokens ?? 0),
      cacheRead: cacheReadTokens,
      cacheWrite: cacheWriteTokens,
    },
    outputTokens: {
      total: outputTokens,
      text: outputTokens === undefined || reasoningTokens === undefined ? undefined : outputTokens - reasoningTokens,
      reasoning: reasoningTokens,
    },
    ...(typeof raw === 'object' && raw !== null ? { raw: raw as JsonObject } : {}),
  }
}

/** The container's names for its answer; SageMaker's id of the request where it gave none. */
export function answerNames(
  names: {
    readonly id?: string | undefined
    readonly modelName?: string | undefined
    readonly createdAt?: Date | undefined
  },
  { requestId }: Pick<ModelResponseMetadata, 'requestId'>,
): AnswerNames {
  const id = names.id ?? requestId
  return {
    ...(id === undefined ? {} : { id }),
    ...(names.createdAt === undefined ? {} : { timestamp: names.createdAt }),
    ...(names.modelName === undefined ? {} : { modelId: names.modelName }),
  }
}

/** The headers of SageMaker's response that say something about the exchange. */
export function responseHeaders(response: Omit<ModelResponseMetadata, 'warnings'>): Record<string, string> {
  return given({
    'content-type': response.contentType,
    'x-amzn-requestid': response.requestId,
    'x-amzn-invoked-production-variant': response.invokedProductionVariant,
    'x-amzn-sagemaker-custom-attributes': response.customAttributes,
    'x-amzn-sagemaker-new-session-id': response.newSessionId,
  })
}

/** Facts about the exchange that the AI SDK has no place for. */
export function providerMetadata(
  response: Omit<ModelResponseMetadata, 'warnings'>,
  more: Readonly<Record<string, JsonValue | undefined>> = {},
): ProviderMetadata {
  const { requestId, invokedProductionVariant, customAttributes, newSessionId, attempts } = response
  return {
    sagemaker: given({ requestId, invokedProductionVariant, customAttributes, newSessionId, attempts, ...more }),
  }
}

function given<T>(members: Readonly<Record<string, T | undefined>>): Record<string, T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Record<string, T>
}
