/**
 * Every name that telemetry uses, in one table.
 *
 * `gen_ai.*` and `error.type`: OpenTelemetry semantic conventions for generative AI, status Development,
 * github.com/open-telemetry/semantic-conventions-genai (gen-ai-spans.md, gen-ai-metrics.md). No npm package has them.
 *
 * `aws.sagemaker.*`: our own, as the conventions have no names for SageMaker.
 */
export const names = {
  provider: 'aws.sagemaker',
  operation: 'embeddings',

  attribute: {
    operationName: 'gen_ai.operation.name',
    providerName: 'gen_ai.provider.name',
    requestModel: 'gen_ai.request.model',
    dimensionCount: 'gen_ai.embeddings.dimension.count',
    usageInputTokens: 'gen_ai.usage.input_tokens',
    tokenType: 'gen_ai.token.type',
    errorType: 'error.type',
    endpointName: 'aws.sagemaker.endpoint.name',
    aborted: 'aws.sagemaker.call.aborted',
    kind: 'aws.sagemaker.embeddings.kind',
    texts: 'aws.sagemaker.embeddings.texts',
    failedTexts: 'aws.sagemaker.embeddings.failed_texts',
    cachedTexts: 'aws.sagemaker.embeddings.cached_texts',
    requests: 'aws.sagemaker.embeddings.requests',
  },

  metric: {
    duration: 'gen_ai.client.operation.duration',
    tokenUsage: 'gen_ai.client.token.usage',
  },
} as const

/** Bounds of the histogram of durations, in seconds; from the same source. */
export const durationBucketsSeconds: readonly number[] = [
  0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
]

/** Bounds of the histogram of token counts; from the same source. */
export const tokenBuckets: readonly number[] = [
  1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864,
]

/** Values of OpenTelemetry's enumerations `SpanKind` and `SpanStatusCode`, which are part of its stable API. */
export const spanKindClient = 2
export const spanStatusError = 2
