import type { GenerationOptions } from '@x/bedrock-like-types'
import type { EmbeddingContentHandler, EmbeddingOptions } from '@x/sagemaker-embed'
import type { SagemakerEndpointOptions } from '@x/sagemaker-endpoint'
import type { ContentHandler, ModelFormatOptions } from '@x/sagemaker-llm'
import type { RerankContentHandler } from '@x/sagemaker-rerank'

/** What every model of a gateway has: the endpoint behind it, and how clients address it. */
export interface GatewayModelBase extends Omit<SagemakerEndpointOptions, 'retry'> {
  /** Other names for the model. */
  readonly aliases?: readonly string[] | undefined
  /**
   * Names of other models of the gateway, of the same kind, that are asked one after the other if this one fails before there is
   * something of the answer: with a failure that is retryable, of its container, or because its endpoint does not exist. The answer keeps
   * the name that the client asked for. Their own `fallback` does not count.
   * @defaultValue none
   */
  readonly fallback?: readonly string[] | undefined
  /**
   * Name that is sent to the container as `model`, where its format has one.
   *
   * @defaultValue none is sent
   */
  readonly modelName?: string | undefined
  /**
   * How long a request waits while the endpoint starts or is scaled to zero, in milliseconds.
   * @defaultValue 0
   */
  readonly readyWithinMs?: number | undefined
  /** Parameters of the container that are sent with every request, under its own names. */
  readonly additionalParameters?: Readonly<Record<string, unknown>> | undefined
}

/** A model that generates text. */
export interface LanguageGatewayModel
  extends GatewayModelBase, Pick<ModelFormatOptions, 'systemPrompt' | 'messagesToPrompt' | 'completionToPrompt'> {
  /**
   * What the model does.
   *
   * @defaultValue `'language'`
   */
  readonly kind?: 'language' | undefined
  /**
   * The container's format, or the name of its function, such as `'tgi'`.
   * @defaultValue `'auto'`
   */
  readonly contentHandler?: string | ContentHandler | undefined
  /**
   * Options of generation for requests that do not have them.
   *
   * @defaultValue the container decides
   */
  readonly defaults?: GenerationOptions | undefined
  /**
   * Whether members of a request that are not part of OpenAI's format are sent to the container as its own parameters. Otherwise
   * they are ignored, and named in the header `x-sagemaker-warnings`.
   * @defaultValue false
   */
  readonly passUnknown?: boolean | undefined
}

/** A model that makes vectors of texts. */
export interface EmbeddingGatewayModel
  extends
    GatewayModelBase,
    Pick<
      EmbeddingOptions,
      | 'embedBatchSize'
      | 'concurrency'
      | 'dimensions'
      | 'normalize'
      | 'pooling'
      | 'queryInstruction'
      | 'textInstruction'
      | 'inputType'
      | 'cache'
    > {
  /** What the model does. */
  readonly kind: 'embedding'
  /**
   * The container's format, or the name of its function without `Embedding`, such as `'tei'`.
   * @defaultValue `'auto'`
   */
  readonly contentHandler?: string | EmbeddingContentHandler | undefined
}

/** A model that ranks documents for a query. */
export interface RerankGatewayModel extends GatewayModelBase {
  /** What the model does. */
  readonly kind: 'rerank'
  /**
   * The container's format, or the name of its function without `Rerank`, such as `'tei'`.
   * @defaultValue `'auto'`
   */
  readonly contentHandler?: string | RerankContentHandler | undefined
}

/** A model that a gateway offers. */
export type GatewayModel = LanguageGatewayModel | EmbeddingGatewayModel | RerankGatewayModel

/** What a model of a gateway does. */
export type GatewayModelKind = 'language' | 'embedding' | 'rerank'
