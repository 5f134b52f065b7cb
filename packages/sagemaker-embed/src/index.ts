export { SagemakerEmbedding } from './sagemaker-embedding.ts'
export type {
  EmbeddingInputTypes,
  EmbeddingOptions,
  ExistingEndpoint,
  SagemakerEmbeddingOptions,
} from './contract/embedding-options.ts'
export type {
  Aggregate,
  EmbeddedText,
  EmbeddingCallOptions,
  EmbeddingModelMetadata,
  EmbeddingProgress,
  EmbedSource,
  EmbedStreamOptions,
  FailedText,
  IdentifiedText,
} from '@x/bedrock-like-types'

// Seeing what calls do.
export type {
  EmbeddingCacheErrorEvent,
  EmbeddingCallbacks,
  EmbeddingConcurrencyEvent,
  EmbeddingEndEvent,
  EmbeddingErrorEvent,
  EmbeddingEvent,
  EmbeddingRequestEvent,
  EmbeddingSplitEvent,
} from './contract/embedding-callbacks.ts'
export type { EmbeddingTelemetryOptions } from './contract/telemetry-options.ts'
export type {
  TelemetryAttributes,
  TelemetryAttributeValue,
  TelemetryHistogram,
  TelemetryMeter,
  TelemetrySpan,
  TelemetryTracer,
} from '@x/bedrock-like-types'

// Vectors.
export { mean } from './vectors/mean.ts'
export { similarity, type SimilarityMetric } from './vectors/similarity.ts'
export { topK, type ScoredVector } from './vectors/top-k.ts'

// Caches.
export type { EmbeddingCache, EmbeddingCacheEntry } from './contract/embedding-cache.ts'
export { memoryCache, type MemoryCacheOptions } from './cache/memory-cache.ts'

// The formats of containers.
export { autoEmbedding } from './handlers/auto-embedding.ts'
export { cohereEmbedding } from './handlers/cohere-embedding.ts'
export { huggingfaceEmbedding } from './handlers/huggingface-embedding.ts'
export { jumpstartEmbedding, type JumpstartEmbeddingOptions } from './handlers/jumpstart-embedding.ts'
export { lmiEmbedding } from './handlers/lmi-embedding.ts'
export { openaiEmbedding, type OpenAIEmbeddingOptions } from './handlers/openai-embedding.ts'
export { teiEmbedding } from './handlers/tei-embedding.ts'
export { titanEmbedding } from './handlers/titan-embedding.ts'
export type {
  EmbeddingCall,
  EmbeddingContentHandler,
  EmbeddingKind,
  EmbeddingLimits,
  EmbeddingRequest,
  Pooling,
} from './contract/embedding-content-handler.ts'

// What every call throws.
export { SagemakerError, type SagemakerErrorCode } from '@x/sagemaker-endpoint'
