import type { SagemakerEmbedding } from '@x/sagemaker-embed'
import type { SagemakerLLM } from '@x/sagemaker-llm'
import type { SagemakerReranker } from '@x/sagemaker-rerank'
import type {
  SagemakerEmbeddingModelV3,
  SagemakerLanguageModelV3,
  SagemakerRerankingModelV3,
} from './contract/models-v3.ts'
import type {
  EmbeddingModelBehavior,
  LanguageModelBehavior,
  RetrySettings,
  SagemakerEmbeddingModelSettings,
  SagemakerLanguageModelSettings,
  SagemakerProviderSettings,
  SagemakerRerankingModelSettings,
} from './contract/settings.ts'
import { createProvider } from './provider/create-provider.ts'

export type { JsonObject, JsonValue } from './contract/json.ts'
export type {
  SagemakerCallOptions,
  SagemakerEmbeddingModelOptions,
  SagemakerLanguageModelOptions,
  SagemakerRerankingModelOptions,
} from './contract/provider-options.ts'
export type {
  EmbeddingModelBehavior,
  LanguageModelBehavior,
  RetrySettings,
  SagemakerEmbeddingModelSettings,
  SagemakerLanguageModelSettings,
  SagemakerProviderSettings,
  SagemakerRerankingModelSettings,
} from './contract/settings.ts'
export type {
  SagemakerEmbeddingModelV3,
  SagemakerLanguageModelV3,
  SagemakerRerankingModelV3,
} from './contract/models-v3.ts'
export type {
  AnswerNames,
  Content,
  EmbeddingResult,
  FinishReason,
  GenerateResult,
  ProviderMetadata,
  RerankingResult,
  SentRequest,
  StreamPart,
  StreamResult,
  ToolCallContent,
  Usage,
  Warning,
} from './contract/stream-part.ts'
export { SagemakerError, type SagemakerErrorCode } from '@x/sagemaker-endpoint'

/**
 * Models on SageMaker endpoints, for version 6 of the AI SDK and other hosts of specification V3. The id of a model is the name of its
 * endpoint.
 *
 * @public
 */
export interface SagemakerProvider {
  /** A language model. */
  (endpointName: string, settings?: SagemakerLanguageModelSettings): SagemakerLanguageModelV3
  /** The version of the specification. */
  readonly specificationVersion: 'v3'
  /** A language model. */
  languageModel(endpointName: string, settings?: SagemakerLanguageModelSettings): SagemakerLanguageModelV3
  /** A language model that exists, with its options, callbacks and telemetry. */
  languageModel(llm: SagemakerLLM, behavior?: LanguageModelBehavior): SagemakerLanguageModelV3
  /** The same as `languageModel`. */
  chat(endpointName: string, settings?: SagemakerLanguageModelSettings): SagemakerLanguageModelV3
  /** An embedding model. */
  embeddingModel(endpointName: string, settings?: SagemakerEmbeddingModelSettings): SagemakerEmbeddingModelV3
  /** An embedding model that exists. */
  embeddingModel(embedding: SagemakerEmbedding, behavior?: EmbeddingModelBehavior): SagemakerEmbeddingModelV3
  /** A reranking model. */
  rerankingModel(endpointName: string, settings?: SagemakerRerankingModelSettings): SagemakerRerankingModelV3
  /** A reranking model that exists. */
  rerankingModel(reranker: SagemakerReranker, behavior?: RetrySettings): SagemakerRerankingModelV3
  /**
   * There are no image models.
   *
   * @throws {NoSuchModelError} always
   */
  imageModel(modelId: string): never
  /** Cancels running calls and closes the connections. Models that were passed in stay open. */
  close(): void
}

/**
 * A provider with its own settings.
 *
 * @example
 * ```ts
 * const sagemaker = createSagemaker({ region: 'us-east-1' })
 * const { text } = await generateText({ model: sagemaker('my-llama'), prompt: 'The capital of France is' })
 * ```
 *
 * @public
 */
export function createSagemaker(settings: SagemakerProviderSettings = {}): SagemakerProvider {
  return createProvider('v3', settings)
}

/**
 * The provider whose settings come from the environment, as in every AWS tool.
 *
 * @public
 */
export const sagemaker: SagemakerProvider = /* @__PURE__ */ createSagemaker()
