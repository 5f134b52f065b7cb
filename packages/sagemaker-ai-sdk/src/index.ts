import type { EmbeddingModelV4, LanguageModelV4, ProviderV4, RerankingModelV4 } from '@ai-sdk/provider'
import type { SagemakerEmbedding } from '@x/sagemaker-embed'
import type { SagemakerLLM } from '@x/sagemaker-llm'
import type { SagemakerReranker } from '@x/sagemaker-rerank'
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
export { SagemakerError, type SagemakerErrorCode } from '@x/sagemaker-endpoint'

/**
 * Models on SageMaker endpoints, for the AI SDK from version 7 (specification V4). The id of a model is the name of its endpoint.
 *
 * @public
 */
export interface SagemakerProvider extends ProviderV4 {
  /** A language model. */
  (endpointName: string, settings?: SagemakerLanguageModelSettings): LanguageModelV4
  /** A language model. */
  languageModel(endpointName: string, settings?: SagemakerLanguageModelSettings): LanguageModelV4
  /** A language model that exists, with its options, callbacks and telemetry. */
  languageModel(llm: SagemakerLLM, behavior?: LanguageModelBehavior): LanguageModelV4
  /** The same as `languageModel`. */
  chat(endpointName: string, settings?: SagemakerLanguageModelSettings): LanguageModelV4
  /** An embedding model. */
  embeddingModel(endpointName: string, settings?: SagemakerEmbeddingModelSettings): EmbeddingModelV4
  /** An embedding model that exists. */
  embeddingModel(embedding: SagemakerEmbedding, behavior?: EmbeddingModelBehavior): EmbeddingModelV4
  /** A reranking model. */
  rerankingModel(endpointName: string, settings?: SagemakerRerankingModelSettings): RerankingModelV4
  /** A reranking model that exists. */
  rerankingModel(reranker: SagemakerReranker, behavior?: RetrySettings): RerankingModelV4
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
  return createProvider('v4', settings)
}

/**
 * The provider whose settings come from the environment, as in every AWS tool.
 *
 * @public
 */
export const sagemaker: SagemakerProvider = /* @__PURE__ */ createSagemaker()
