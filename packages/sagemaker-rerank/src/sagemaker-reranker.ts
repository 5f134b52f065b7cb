import type {
  ModelCodec,
  RerankDocument,
  RerankModel,
  RerankResponse,
  ScoringModelMetadata,
} from '@x/bedrock-like-types'
import type { SagemakerEndpoint } from '@x/sagemaker-endpoint'
import { BatchModel, batchModelOptionNames, telemetryNames } from '@x/sagemaker-endpoint/model-kit'
import type {
  RerankInput,
  RerankModelOptions,
  RerankOutput,
  SagemakerRerankerOptions,
  SagemakerRerankOptions,
} from './contract/model-options.ts'
import type { RerankContentHandler } from './contract/rerank-content-handler.ts'
import { autoRerank } from './handlers/auto-rerank.ts'
import { checkRanking, rankingOf, rerankItems } from './ranking/ranking.ts'
import { rerankCodec } from './rerank-codec.ts'
import { ScoreCodec } from './ranking/score-codec.ts'

/**
 * A reranker on a SageMaker endpoint: ranks documents by their relevance to a query, in the format of any container.
 *
 * Every score belongs to its document, or the call fails: indices, number and finiteness of scores are checked. Documents are sent in
 * several requests if one is too small for them, and ranked together.
 *
 * @example
 * ```ts
 * const reranker = new SagemakerReranker({ endpointName: 'my-reranker', region: 'us-east-1' })
 * const { ranking } = await reranker.rerank('boats in bad weather', documents, { topN: 5 })
 * ```
 *
 * @public
 */
export class SagemakerReranker implements RerankModel {
  /** The endpoint that is called. */
  readonly endpoint: SagemakerEndpoint
  /** What is known about the model before it is called. */
  readonly metadata: ScoringModelMetadata
  readonly #model: BatchModel<RerankModelOptions>
  readonly #handler: RerankContentHandler

  /** @throws {SagemakerError} `invalid-request` for options that are out of range or contradict each other. */
  constructor(options: SagemakerRerankerOptions) {
    const handler = options.contentHandler ?? autoRerank()
    this.#handler = handler
    this.#model = new BatchModel<RerankModelOptions>(options, {
      operation: telemetryNames.operation.rerank,
      names: { ...batchModelOptionNames, contentHandler: true },
      limits: { maxItems: handler.limits.maxDocuments, maxBytes: handler.limits.maxBytes },
    })
    this.endpoint = this.#model.endpoint
    this.metadata = { modelName: this.#model.modelName }
  }

  /**
   * Ranks documents, best first; equal scores in the order of the documents. Without documents there is no call and an empty ranking.
   *
   * @throws {SagemakerError} The first failure in the order of the documents, with the `index` of the document if the failure is about
   * one: too long, refused, without a score. `unexpected-response` if it is not certain which document a score belongs to.
   */
  async rerank<D extends string | RerankDocument>(
    query: string,
    documents: readonly D[],
    options: SagemakerRerankOptions = {},
  ): Promise<RerankResponse<D>> {
    checkRanking(query, documents, options)
    const { topN, minScore, additionalParameters, ...requestOptions } = options
    const { modelName, additionalParameters: ofModel } = this.#model.options
    const parameters = ofModel || additionalParameters ? { ...ofModel, ...additionalParameters } : undefined
    const call = { query, topN, modelName, additionalParameters: parameters }
    const codec = new ScoreCodec(this.#handler, call, this.endpoint.endpointName, documents.length)
    const scores = await this.#model.run(rerankItems(documents), codec, requestOptions, this.#handler.isUndecided)
    const response = { attempts: 0, timings: {}, ...codec.metadata, warnings: codec.warnings }
    const { scoreKind, tokens, raw } = codec
    return { ranking: rankingOf(documents, scores, { topN, minScore }), scoreKind, tokens, response, raw }
  }

  /** Creates the codec of this model: it writes the request of a ranking and reads the answer, without sending. */
  codec(): ModelCodec<RerankInput, RerankOutput> {
    return rerankCodec(this.#model.options)
  }

  /** Ends the calls in flight and closes the connections, unless the endpoint was passed in. */
  close(): void {
    this.#model.close()
  }
}
