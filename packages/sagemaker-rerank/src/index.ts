export { SagemakerReranker } from './sagemaker-reranker.ts'
export { SagemakerClassifier } from './sagemaker-classifier.ts'
export { rerankCodec } from './rerank-codec.ts'
export { classificationCodec, type ClassificationCodecOptions } from './classification-codec.ts'
export type {
  ClassificationModelOptions,
  RerankInput,
  RerankModelOptions,
  RerankOutput,
  SagemakerClassificationOptions,
  SagemakerClassifierOptions,
  SagemakerRerankerOptions,
  SagemakerRerankOptions,
} from './contract/model-options.ts'
export type {
  Classification,
  ClassificationModel,
  ClassificationOptions,
  LabelScore,
  RankedDocument,
  RerankDocument,
  RerankFields,
  RerankModel,
  RerankOptions,
  RerankResponse,
  RerankScoreKind,
} from '@x/bedrock-like-types'
export { SagemakerError, type SagemakerErrorCode } from '@x/sagemaker-endpoint'

// Callbacks and telemetry.
export type {
  BatchCacheErrorDetails,
  BatchCallbacks,
  BatchCallEvent,
  BatchConcurrencyDetails,
  BatchEndDetails,
  BatchModelOptions,
  BatchRequestDetails,
  BatchRequestOptions,
  BatchSplitDetails,
  EndpointOrOptions,
  ExistingEndpoint,
  TelemetryOptions,
} from '@x/sagemaker-endpoint/model-kit'

// The formats of containers.
export { autoRerank } from './handlers/auto-rerank.ts'
export { cohereRerank, type CohereRerankOptions } from './handlers/cohere-rerank.ts'
export { djlRerank } from './handlers/djl-rerank.ts'
export { huggingfaceRerank } from './handlers/huggingface-rerank.ts'
export { jinaRerank, type JinaRerankOptions } from './handlers/jina-rerank.ts'
export { nimRerank } from './handlers/nim-rerank.ts'
export type { RerankFormatOptions } from './handlers/rerank-format.ts'
export { teiRerank } from './handlers/tei-rerank.ts'
export { textPairsRerank } from './handlers/text-pairs-rerank.ts'
export { vllmRerank } from './handlers/vllm-rerank.ts'
export { autoClassification } from './handlers/auto-classification.ts'
export { huggingfaceClassification } from './handlers/huggingface-classification.ts'
export { jumpstartClassification } from './handlers/jumpstart-classification.ts'
export { teiClassification } from './handlers/tei-classification.ts'
export { vllmClassification } from './handlers/vllm-classification.ts'
export {
  type ClassificationHandlerName,
  namedClassificationHandler,
  namedRerankHandler,
  type RerankHandlerName,
} from './handlers/named-handlers.ts'
export type { RerankAnswer, RerankCall, RerankContentHandler, RerankLimits } from './contract/rerank-content-handler.ts'
export type {
  ClassificationAnswer,
  ClassificationCall,
  ClassificationContentHandler,
  ClassificationLimits,
} from './contract/classification-content-handler.ts'
