import type { CodecRequest, RerankDocument, RerankScoreKind } from '@x/bedrock-like-types'
import type { SagemakerError } from '@x/sagemaker-endpoint'

/**
 * One request of a ranking, as a content handler sees it.
 *
 * @public
 */
export interface RerankCall {
  /** The query; never empty. */
  readonly query: string
  /** The documents of this request, at least one. */
  readonly documents: readonly (string | RerankDocument)[]
  /**
   * The number of best documents that are wanted, if the container may leave out the others: all documents are in this request.
   * `undefined` if every document needs a score.
   */
  readonly topN?: number | undefined
  /** Sent as `model`, if the container has that member. */
  readonly modelName?: string | undefined
  /** Merged into the body last. */
  readonly additionalParameters?: Readonly<Record<string, unknown>> | undefined
}

/**
 * The scores of the documents of one request.
 *
 * @public
 */
export interface RerankAnswer {
  /**
   * One score per document, in the order of the request. `null` for a document that the container left out because of `topN`; a
   * score that is not a finite number fails its document.
   */
  readonly scores: readonly (number | null)[]
  /** What the scores are. */
  readonly scoreKind: RerankScoreKind
  /** Tokens of query and documents, if the container reports them. */
  readonly tokens?: number | undefined
}

/**
 * The most that a container accepts in one request.
 *
 * @public
 */
export interface RerankLimits {
  /** Largest number of documents; `undefined` for no known limit. */
  readonly maxDocuments?: number | undefined
  /** Largest body, in bytes; `undefined` for no known limit. */
  readonly maxBytes?: number | undefined
}

/**
 * The codec between a ranking and the JSON of one kind of container.
 *
 * @public
 */
export interface RerankContentHandler {
  /** Names the format in messages and codecs. */
  readonly name: string
  /** Limits of the container, as far as its format or its defaults define them. */
  readonly limits: RerankLimits
  /**
   * Whether the score of a document depends on the query and that document only, so that documents can be sent in several requests.
   * `false` for listwise rerankers, which compare documents with each other: their documents are sent together or not at all.
   * @defaultValue `true`
   */
  readonly splittable?: boolean | undefined
  /** Whether the format is not known before the first answer. Then no second request is sent before it. */
  readonly isUndecided?: boolean | undefined
  /**
   * Writes a request.
   *
   * @throws {SagemakerError} `invalid-request` for documents that the container cannot take, with the `index` of the document.
   */
  request(call: RerankCall): CodecRequest
  /**
   * Reads a parsed answer. Every score has to belong to its document: by index if the container sends indices, else by position, and
   * then there have to be as many scores as documents.
   *
   * @throws {Error} if that is not certain
   */
  answer(body: unknown, call: RerankCall): RerankAnswer
  /** Writes another request for the same documents after the container has refused one; `undefined` if there is none. */
  alternative?(error: SagemakerError, call: RerankCall): CodecRequest | undefined
}
