import type { JsonObject } from './json.ts'

/**
 * Where a call goes within an endpoint, and how long it may take: members of `providerOptions.sagemaker` for every kind of model.
 *
 * A type and not an interface, so that it can be used with `satisfies` where JSON is wanted.
 *
 * @public
 */
export type SagemakerCallOptions = {
  /** Inference component; also how a LoRA adapter component is chosen. */
  inferenceComponentName?: string
  /** Production variant, for an endpoint with several. */
  targetVariant?: string
  /** Model of a multi-model endpoint, such as `model-a.tar.gz`. Not for streams. */
  targetModel?: string
  /** Container of a multi-container endpoint with direct invocation. */
  targetContainerHostname?: string
  /** Stateful session. */
  sessionId?: string
  /** Your id of the request, kept by data capture. */
  inferenceId?: string
  /** Requests with the same id meet the same prefix cache, on an endpoint with `PREFIX_AWARE` routing. */
  prefixAwareId?: string
  /** Passed to the container as it is; at most 1024 visible ASCII characters. */
  customAttributes?: string
  /** Limits of time, in milliseconds. */
  timeouts?: { connectMs?: number; firstByteMs?: number; idleMs?: number; totalMs?: number }
}

/**
 * `providerOptions.sagemaker` of a language model.
 *
 * @example
 * ```ts
 * providerOptions: { sagemaker: { prefixAwareId: userId } satisfies SagemakerLanguageModelOptions }
 * ```
 *
 * @public
 */
export type SagemakerLanguageModelOptions = SagemakerCallOptions & {
  /** The container's own parameters, under its own names; they win over everything else. */
  additionalParameters?: JsonObject
  /** How much the model is to reason, in the container's words. Wins over the AI SDK's `reasoning`. */
  reasoningEffort?: string
  /** Whether the model can ask for several tool calls in one answer. */
  parallelToolCalls?: boolean
  /** Whether log probabilities are reported, or how many alternatives per token. They are found in `response.body` and raw chunks. */
  logprobs?: boolean | number
}

/**
 * `providerOptions.sagemaker` of an embedding model.
 *
 * @public
 */
export type SagemakerEmbeddingModelOptions = SagemakerCallOptions & {
  /**
   * What the vectors are for.
   *
   * @defaultValue that of the model, then `'text'`
   */
  kind?: 'query' | 'text'
  /** Length of the vectors, for models that have a choice. */
  dimensions?: number
}

/**
 * `providerOptions.sagemaker` of a reranking model.
 *
 * @public
 */
export type SagemakerRerankingModelOptions = SagemakerCallOptions & {
  /**
   * Lowest score of a document in the ranking.
   *
   * @defaultValue none
   */
  minScore?: number
  /** The container's own parameters, under its own names; they win over everything else. */
  additionalParameters?: JsonObject
}
