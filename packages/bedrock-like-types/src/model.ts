export type { AbortOption } from './model/abort-option.ts'
export type { CallWarning } from './model/call-warning.ts'
export type { ChatChunk } from './model/chat-chunk.ts'
export type { ChatMessage, ConversationMessage, ToolMessage } from './model/chat-message.ts'
export type { ChatResponse } from './model/chat-response.ts'
export type {
  Classification,
  ClassificationModel,
  ClassificationOptions,
  LabelScore,
} from './model/classification-model.ts'
export type { CompletionChunk } from './model/completion-chunk.ts'
export type { CompletionResponse } from './model/completion-response.ts'
export type {
  ConverseModel,
  ConverseModelMetadataEvent,
  ConverseModelResponse,
  ConverseModelStreamOutput,
  ConverseModelStreamResponse,
} from './model/converse-model.ts'
export type { EmbedSource, IdentifiedText, Subscribable } from './model/embed-source.ts'
export type { EmbeddedText, FailedText } from './model/embedded-text.ts'
export type { EmbeddingInput, ImageBytes, ImageInput, ImageUrl, TextInput } from './model/embedding-input.ts'
export type { EmbeddingModelMetadata } from './model/embedding-model-metadata.ts'
export type { Aggregate, EmbeddingModel } from './model/embedding-model.ts'
export type {
  EmbedOptions,
  EmbedStreamOptions,
  EmbeddingCallOptions,
  EmbeddingKind,
  EmbeddingProgress,
} from './model/embedding-options.ts'
export type { EmbeddingResponse } from './model/embedding-response.ts'
export type { EmbeddingDtype, EmbeddingVector, EmbeddingVectors, SparseEmbedding } from './model/embedding-vector.ts'
export type {
  GenerationOptions,
  NoToolChoice,
  ReasoningEffort,
  ReasoningMode,
  ReasoningTags,
} from './model/generation-options.ts'
export type { GenerationProgress, GenerationResult } from './model/generation-result.ts'
export type { LanguageModelMetadata } from './model/language-model-metadata.ts'
export type {
  GenerationCallOptions,
  LanguageModel,
  LanguageModelInput,
  ModelPartOptions,
} from './model/language-model.ts'
export type { CodecRequest, ModelBatchCodec, ModelCodec } from './model/model-codec.ts'
export type {
  BlockBoundaryPart,
  BlockDeltaPart,
  FinishPart,
  ModelPart,
  ModelPartRequest,
  RawPart,
  ResponsePart,
  StartPart,
  ToolCallDeltaPart,
  ToolCallEndPart,
  ToolCallStartPart,
} from './model/model-part.ts'
export type { ModelUsage } from './model/model-usage.ts'
export type { PartialAnswer } from './model/partial-answer.ts'
export type {
  RankedDocument,
  RerankDocument,
  RerankFields,
  RerankModel,
  RerankOptions,
  RerankResponse,
  RerankScoreKind,
  ScoringModelMetadata,
} from './model/rerank-model.ts'
export type { JsonResponseFormat, ResponseFormat, TextResponseFormat } from './model/response-format.ts'
export type { ModelResponseMetadata, ResponseMetadata, ResponseTimings } from './model/response-metadata.ts'
export type { StandardSchema, StandardSchemaIssue, StandardSchemaResult } from './model/standard-schema.ts'
export type { ToolCallDelta } from './model/tool-call-delta.ts'
export type { ToolCall } from './model/tool-call.ts'
