import type { EmbeddingResult, GenerateResult, RerankingResult, StreamResult } from './stream-part.ts'

/**
 * A language model of specification V3. Fits `LanguageModelV3` of `@ai-sdk/provider` 3 and 4, whose own types do not fit each other.
 *
 * @public
 */
export interface SagemakerLanguageModelV3 {
  /** The version of the specification. */
  readonly specificationVersion: 'v3'
  /** Name of the provider, for telemetry: `aws.sagemaker`. */
  readonly provider: string
  /** Name of the endpoint. */
  readonly modelId: string
  /** What the container fetches itself. */
  readonly supportedUrls: Record<string, RegExp[]>
  /** A whole answer. @param options - `LanguageModelV3CallOptions` */
  doGenerate(options: object): PromiseLike<GenerateResult>
  /** An answer as a stream. @param options - `LanguageModelV3CallOptions` */
  doStream(options: object): PromiseLike<StreamResult>
}

/**
 * An embedding model of specification V3.
 *
 * @public
 */
export interface SagemakerEmbeddingModelV3 {
  /** The version of the specification. */
  readonly specificationVersion: 'v3'
  /** Name of the provider, for telemetry: `aws.sagemaker`. */
  readonly provider: string
  /** Name of the endpoint. */
  readonly modelId: string
  /** No limit: texts are sent in batches here. */
  readonly maxEmbeddingsPerCall: undefined
  /** Calls can run at the same time. */
  readonly supportsParallelCalls: true
  /** The vectors of texts. @param options - `EmbeddingModelV3CallOptions` */
  doEmbed(options: object): PromiseLike<EmbeddingResult>
}

/**
 * A reranking model of specification V3.
 *
 * @public
 */
export interface SagemakerRerankingModelV3 {
  /** The version of the specification. */
  readonly specificationVersion: 'v3'
  /** Name of the provider, for telemetry: `aws.sagemaker`. */
  readonly provider: string
  /** Name of the endpoint. */
  readonly modelId: string
  /** Ranks documents. @param options - `RerankingModelV3CallOptions` */
  doRerank(options: object): PromiseLike<RerankingResult>
}
