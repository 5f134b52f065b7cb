import type { AbortOption } from './abort-option.ts'
import type { ImageInput, TextInput } from './embedding-input.ts'
import type { ModelResponseMetadata } from './response-metadata.ts'

/**
 * A document of named fields, such as `{ title, body }`. Models without fields get it as JSON, with a warning.
 *
 * @public
 */
export type RerankFields = Readonly<Record<string, unknown>>

/**
 * A document that is not a string: a text, an image, or an object of fields. Ranked documents are the objects that were passed in.
 *
 * @public
 */
export type RerankDocument = TextInput | ImageInput | RerankFields

/**
 * What a score is: a probability from 0 to 1, a number without bounds, or either.
 *
 * @public
 */
export type RerankScoreKind = 'probability' | 'logit' | 'unknown'

/**
 * A document with its score.
 *
 * @public
 */
export interface RankedDocument<D = string | RerankDocument> {
  /** Position of the document in what was passed in, from 0. */
  readonly index: number
  /** How relevant the document is to the query; higher is better. Comparable only within one ranking. */
  readonly score: number
  /** The document, as it was passed in. */
  readonly document: D
}

/**
 * Documents in the order of their relevance to a query.
 *
 * @public
 */
export interface RerankResponse<D = string | RerankDocument> {
  /** The documents, best first; equal scores in the order of their positions. */
  readonly ranking: readonly RankedDocument<D>[]
  /** What the scores are. */
  readonly scoreKind: RerankScoreKind
  /** Tokens of query and documents; `undefined` when the container did not report them. */
  readonly tokens: number | undefined
  /** Facts about the exchange; of the last one when the documents needed several requests. */
  readonly response: ModelResponseMetadata
  /** The container's own answer, parsed; an array of answers when the documents needed several requests. */
  readonly raw: unknown
}

/**
 * Options of a ranking.
 *
 * @public
 */
export interface RerankOptions extends AbortOption {
  /**
   * Most documents in the ranking.
   *
   * @defaultValue all
   */
  readonly topN?: number | undefined
  /**
   * Lowest score of a document in the ranking.
   *
   * @defaultValue none
   */
  readonly minScore?: number | undefined
  /** The container's own parameters, under its own names; they win over everything else. */
  readonly additionalParameters?: Readonly<Record<string, unknown>> | undefined
}

/**
 * What is known about a model of scores or labels before it is called.
 *
 * @public
 */
export interface ScoringModelMetadata {
  /** For logs and telemetry; not sent unless it was given as an option. */
  readonly modelName: string
}

/**
 * A model that ranks documents by their relevance to a query, wherever it runs.
 *
 * Every score belongs to the document that it is given with, or the call fails.
 *
 * @public
 */
export interface RerankModel {
  /** What is known about the model before it is called. */
  readonly metadata: ScoringModelMetadata
  /** Ranks documents. No documents give an empty ranking without a call. */
  rerank<D extends string | RerankDocument>(
    query: string,
    documents: readonly D[],
    options?: RerankOptions,
  ): Promise<RerankResponse<D>>
}
