export { SagemakerEmbedding } from './sagemaker-embedding.ts'
export type {
  EmbeddingInputTypes,
  EmbeddingOptions,
  EmbeddingRequestOptions,
  SagemakerEmbeddingOptions,
  SagemakerEmbedOptions,
  SagemakerEmbedStreamOptions,
  SpecialEmbeddingOptions,
} from './contract/embedding-options.ts'
export type { EmbedResult, RefusedText } from './calls/embed-stream.ts'
export { embeddingCodec, type EmbeddingCodecOptions } from './embedding-codec.ts'
export type {
  AbortOption,
  Aggregate,
  EmbeddedText,
  EmbeddingCallOptions,
  EmbeddingDtype,
  EmbeddingInput,
  EmbeddingKind,
  EmbeddingModelMetadata,
  EmbeddingProgress,
  EmbeddingResponse,
  EmbeddingVector,
  EmbedSource,
  FailedText,
  IdentifiedText,
  ImageBytes,
  ImageInput,
  ImageUrl,
  ModelCodec,
  ModelResponseMetadata,
  SparseEmbedding,
  TextInput,
} from '@x/bedrock-like-types'

// Observing calls.
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
export type { ExistingEndpoint, TelemetryOptions as EmbeddingTelemetryOptions } from '@x/sagemaker-endpoint/model-kit'
export type {
  TelemetryAttributes,
  TelemetryAttributeValue,
  TelemetryHistogram,
  TelemetryMeter,
  TelemetrySpan,
  TelemetryTracer,
} from '@x/bedrock-like-types'

// Vectors.
export { maxSim } from './vectors/max-sim.ts'
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
export { jinaEmbedding } from './handlers/jina-embedding.ts'
export { jumpstartEmbedding, type JumpstartEmbeddingOptions } from './handlers/jumpstart-embedding.ts'
export { kserveEmbedding, type KServeEmbeddingOptions } from './handlers/kserve-embedding.ts'
export { lmiEmbedding } from './handlers/lmi-embedding.ts'
export { type EmbeddingHandlerName, namedEmbeddingHandler } from './handlers/named-embedding-handler.ts'
export { openaiEmbedding, type OpenAIEmbeddingOptions } from './handlers/openai-embedding.ts'
export { teiEmbedding } from './handlers/tei-embedding.ts'
export { titanEmbedding } from './handlers/titan-embedding.ts'
export type {
  EmbeddingCall,
  EmbeddingContentHandler,
  EmbeddingInputFormat,
  EmbeddingLimits,
  EmbeddingRequest,
  Pooling,
} from './contract/embedding-content-handler.ts'

// What every call throws.
export { SagemakerError, type SagemakerErrorCode } from '@x/sagemaker-endpoint'
