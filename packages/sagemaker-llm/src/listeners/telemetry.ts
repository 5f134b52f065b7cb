import type { TelemetryAttributes } from '@x/bedrock-like-types'
import {
  type CallListener,
  type ContentTelemetryOptions,
  stringIn,
  telemetryListener,
  telemetryNames,
} from '@x/sagemaker-endpoint/model-kit'
import type { LLMCall, LLMOutcome, LLMProgress } from './llm-call.ts'
import { inputContent, outputContent } from './captured-content.ts'

const { attribute, operation } = telemetryNames

/** Makes a span and measurements of every call, as far as there is a tracer and a meter. */
export function llmTelemetryListener(options: ContentTelemetryOptions): CallListener<LLMCall, LLMProgress, LLMOutcome> {
  return telemetryListener<LLMCall, LLMProgress, LLMOutcome>(options, {
    operation: ({ input }) => (typeof input === 'string' ? operation.completion : operation.chat),
    callAttributes,
    outcomeAttributes,
    tokens: ({ usage }) => ({ input: usage?.inputTokens, output: usage?.outputTokens }),
    isOutput: () => true,
    inputContent,
    outputContent,
  })
}

function callAttributes({ operation: method, options }: LLMCall): TelemetryAttributes {
  return {
    [attribute.requestStream]: method.startsWith('stream') || undefined,
    [attribute.requestMaxTokens]: options.maxNewTokens ?? undefined,
    [attribute.requestTemperature]: options.temperature ?? undefined,
    [attribute.requestTopP]: options.topP,
    [attribute.requestTopK]: options.topK,
    [attribute.requestFrequencyPenalty]: options.frequencyPenalty,
    [attribute.requestPresencePenalty]: options.presencePenalty,
    [attribute.requestStopSequences]: options.stopSequences && [...options.stopSequences],
    [attribute.requestSeed]: options.seed,
    [attribute.outputType]: options.responseFormat?.type,
  }
}

function outcomeAttributes({ stopReason, usage, raw }: LLMOutcome): TelemetryAttributes {
  return {
    [attribute.responseFinishReasons]: stopReason && [stopReason],
    // Containers that speak OpenAI's format name the answer and the model in every value that they send.
    [attribute.responseId]: stringIn(raw, 'id') || undefined,
    [attribute.responseModel]: stringIn(raw, 'model') || undefined,
    [attribute.usageCacheReadInputTokens]: usage?.cacheReadTokens,
    [attribute.usageCacheCreationInputTokens]: usage?.cacheWriteTokens,
  }
}
