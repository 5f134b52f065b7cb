export { ChatSagemaker } from './chat-sagemaker.ts'
export type {
  ChatGenerationOptions,
  ChatOptions,
  ChatSagemakerCallOptions,
  ChatSagemakerModelOptions,
  ChatSagemakerOptions,
  ExistingModelOptions,
  OpenAIResponseFormat,
} from './input/chat-options.ts'
export type { AnyRecord, OutputSchema } from './structured-output.ts'
export { SagemakerEmbeddings, type SagemakerEmbeddingsOptions } from './sagemaker-embeddings.ts'
export {
  SagemakerRerank,
  type RankingLimits,
  type RelevanceScore,
  type SagemakerRerankFields,
} from './sagemaker-rerank.ts'

// What every call throws.
export { SagemakerError, type SagemakerErrorCode } from '@x/sagemaker-llm'
