/**
 * All names that telemetry uses, for all models.
 *
 * `gen_ai.*`, `error.type` and `aws.request_id`: OpenTelemetry semantic conventions, read on 2026-11-22. Those for generative
 * AI have the status Development and no npm package: github.com/open-telemetry/semantic-conventions-genai, documents
 * gen-ai-spans.md at 002c8a6, gen-ai-metrics.md at 004902b and gen-ai-input-messages.json at b49cb9d. Later drafts rename
 * some of the metrics: change them here only.
 *
 * `aws.sagemaker.*` and the operations `rerank` (the word of the AI SDK) and `classify`: our own, as the conventions define none.
 */
export const telemetryNames = {
  provider: 'aws.sagemaker',
  operation: {
    chat: 'chat',
    completion: 'text_completion',
    embeddings: 'embeddings',
    rerank: 'rerank',
    classify: 'classify',
  },

  attribute: {
    operationName: 'gen_ai.operation.name',
    providerName: 'gen_ai.provider.name',
    requestModel: 'gen_ai.request.model',
    requestStream: 'gen_ai.request.stream',
    requestMaxTokens: 'gen_ai.request.max_tokens',
    requestTemperature: 'gen_ai.request.temperature',
    requestTopP: 'gen_ai.request.top_p',
    requestTopK: 'gen_ai.request.top_k',
    requestFrequencyPenalty: 'gen_ai.request.frequency_penalty',
    requestPresencePenalty: 'gen_ai.request.presence_penalty',
    requestStopSequences: 'gen_ai.request.stop_sequences',
    requestSeed: 'gen_ai.request.seed',
    outputType: 'gen_ai.output.type',
    responseId: 'gen_ai.response.id',
    responseModel: 'gen_ai.response.model',
    responseFinishReasons: 'gen_ai.response.finish_reasons',
    responseTimeToFirstChunk: 'gen_ai.response.time_to_first_chunk',
    usageInputTokens: 'gen_ai.usage.input_tokens',
    usageOutputTokens: 'gen_ai.usage.output_tokens',
    usageCacheReadInputTokens: 'gen_ai.usage.cache_read.input_tokens',
    usageCacheCreationInputTokens: 'gen_ai.usage.cache_creation.input_tokens',
    tokenType: 'gen_ai.token.type',
    inputMessages: 'gen_ai.input.messages',
    outputMessages: 'gen_ai.output.messages',
    systemInstructions: 'gen_ai.system_instructions',
    toolDefinitions: 'gen_ai.tool.definitions',
    dimensionCount: 'gen_ai.embeddings.dimension.count',
    errorType: 'error.type',
    awsRequestId: 'aws.request_id',
    endpointName: 'aws.sagemaker.endpoint.name',
    inferenceComponentName: 'aws.sagemaker.inference_component.name',
    invokedProductionVariant: 'aws.sagemaker.invoked_production_variant',
    aborted: 'aws.sagemaker.call.aborted',
    embeddingKind: 'aws.sagemaker.embeddings.kind',
    items: 'aws.sagemaker.batch.items',
    failedItems: 'aws.sagemaker.batch.failed_items',
    cachedItems: 'aws.sagemaker.batch.cached_items',
    requests: 'aws.sagemaker.batch.requests',
  },

  metric: {
    duration: 'gen_ai.client.operation.duration',
    timeToFirstChunk: 'gen_ai.client.operation.time_to_first_chunk',
    timePerOutputChunk: 'gen_ai.client.operation.time_per_output_chunk',
    tokenUsage: 'gen_ai.client.token.usage',
  },
} as const

/** A value of `gen_ai.operation.name`. */
export type TelemetryOperation = (typeof telemetryNames.operation)[keyof typeof telemetryNames.operation]

/** Bounds of the histograms of durations, in seconds; from the same source. */
export const durationBucketsSeconds: readonly number[] = [
  0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
]

/** Bounds of the histogram of token counts; from the same source. */
export const tokenBuckets: readonly number[] = [
  1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864,
]

/** `SpanKind.CLIENT` and `SpanStatusCode.ERROR` of OpenTelemetry's stable API. */
export const spanKindClient = 2
export const spanStatusError = 2
