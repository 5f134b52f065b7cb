import type { EmbeddingOptions } from '@x/sagemaker-embed'
import type { SagemakerEndpointOptions } from '@x/sagemaker-endpoint'
import type { ModelOptions } from '@x/sagemaker-llm'
import type { RerankModelOptions } from '@x/sagemaker-rerank'

/**
 * Who retries a call that failed before any output.
 *
 * @public
 */
export interface RetrySettings {
  /**
   * - `'endpoint'`: the endpoint client, which knows the service's errors and waits for endpoints that start (`retry`). The AI SDK's
   *   `maxRetries` has no effect.
   * - `'ai-sdk'`: the AI SDK, by `maxRetries`. The endpoint client sends each request once.
   *
   * @defaultValue `'endpoint'`
   */
  readonly retries?: 'endpoint' | 'ai-sdk' | undefined
}

/**
 * How endpoints are called: connection, routing, time limits and retries, for all models of a provider. What is missing is read from
 * the environment at the first call, as in every AWS tool.
 *
 * @public
 */
export interface SagemakerProviderSettings extends Omit<SagemakerEndpointOptions, 'endpointName'>, RetrySettings {}

/**
 * What a language model does beyond the options of its calls.
 *
 * @public
 */
export interface LanguageModelBehavior extends RetrySettings {
  /**
   * How the model is held to JSON, for `Output.object` and `generateObject`.
   *
   * - `'native'`: by the container. Where its format has no way to do so, the answer is free text, and a warning says so.
   * - `'tool'`: by a tool that it has to call and whose arguments become the text of the answer.
   * - `'instruction'`: by a system message with the schema. Nothing makes the model follow it.
   *
   * @defaultValue `'native'`
   */
  readonly jsonOutput?: 'native' | 'tool' | 'instruction' | undefined
  /**
   * Whether the container fetches images from URLs itself. Otherwise the AI SDK downloads them and their bytes are sent.
   * @defaultValue false
   */
  readonly imageUrls?: boolean | undefined
  /**
   * Name of the variable with which the model's chat template turns reasoning on and off, such as `enable_thinking` (Qwen) or
   * `thinking` (DeepSeek, Granite). Then `reasoning: 'none'` sends it as `false` in `chat_template_kwargs`, and any other effort as
   * `true`.
   * @defaultValue none: an effort is sent as `reasoning_effort`, and `reasoning: 'none'` is a warning
   */
  readonly reasoningSwitch?: string | undefined
}

/**
 * Settings of a language model: those of `SagemakerLLM`, those of its endpoint, and how it behaves for the AI SDK. Temperature and
 * number of tokens are left to the container unless they are set here or in the call.
 *
 * @public
 */
export interface SagemakerLanguageModelSettings
  extends ModelOptions, Omit<SagemakerEndpointOptions, 'endpointName'>, LanguageModelBehavior {}

/**
 * What an embedding model does beyond the options of its calls.
 *
 * @public
 */
export interface EmbeddingModelBehavior extends RetrySettings {
  /**
   * What the vectors are for. The AI SDK does not say whether a text is a query or a document.
   * @defaultValue `'text'`
   */
  readonly kind?: 'query' | 'text' | undefined
}

/**
 * Settings of an embedding model: those of `SagemakerEmbedding`, and those of its endpoint.
 *
 * @public
 */
export interface SagemakerEmbeddingModelSettings
  extends EmbeddingOptions, Omit<SagemakerEndpointOptions, 'endpointName'>, EmbeddingModelBehavior {}

/**
 * Settings of a reranking model: those of `SagemakerReranker`, and those of its endpoint.
 *
 * @public
 */
export interface SagemakerRerankingModelSettings
  extends RerankModelOptions, Omit<SagemakerEndpointOptions, 'endpointName'>, RetrySettings {}
