import type { ClassificationOptions, RerankDocument, RerankOptions, RerankResponse } from '@x/bedrock-like-types'
import type { BatchModelOptions, BatchRequestOptions, EndpointOrOptions } from '@x/sagemaker-endpoint/model-kit'
import type { ClassificationContentHandler } from './classification-content-handler.ts'
import type { RerankContentHandler } from './rerank-content-handler.ts'

/**
 * Options of rankings.
 *
 * @public
 */
export interface RerankModelOptions extends BatchModelOptions {
  /**
   * The format of the container.
   * @defaultValue `autoRerank()`
   */
  readonly contentHandler?: RerankContentHandler | undefined
}

/**
 * Options of `SagemakerReranker`: those of rankings, and either those of `SagemakerEndpoint` or an existing one as `endpoint`. (A string
 * `endpoint` is the URL of the service.)
 *
 * @public
 */
export type SagemakerRerankerOptions = RerankModelOptions & EndpointOrOptions

/**
 * Options of one ranking. Routing, time limits and retries override those of the endpoint.
 *
 * @public
 */
export type SagemakerRerankOptions = RerankOptions & BatchRequestOptions

/**
 * Options of classifications.
 *
 * @public
 */
export interface ClassificationModelOptions extends BatchModelOptions {
  /**
   * The format of the container.
   * @defaultValue `autoClassification()`
   */
  readonly contentHandler?: ClassificationContentHandler | undefined
}

/**
 * Options of `SagemakerClassifier`: those of classifications, and either those of `SagemakerEndpoint` or an existing one as `endpoint`.
 * (A string `endpoint` is the URL of the service.)
 *
 * @public
 */
export type SagemakerClassifierOptions = ClassificationModelOptions & EndpointOrOptions

/**
 * Options of one classification. Routing, time limits and retries override those of the endpoint.
 *
 * @public
 */
export type SagemakerClassificationOptions = ClassificationOptions & BatchRequestOptions

/**
 * What `rerankCodec` takes: a query with its documents, and the options of the ranking.
 *
 * @public
 */
export interface RerankInput<D extends string | RerankDocument = string | RerankDocument> extends Pick<
  RerankOptions,
  'topN' | 'minScore' | 'additionalParameters'
> {
  /** What the documents are ranked against. */
  readonly query: string
  /** The documents to rank, in any order. */
  readonly documents: readonly D[]
}

/**
 * What `rerankCodec` gives: a ranking without facts about an exchange.
 *
 * @public
 */
export type RerankOutput = Omit<RerankResponse, 'response'>
