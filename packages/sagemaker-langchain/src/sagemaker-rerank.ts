import type { Callbacks } from '@langchain/core/callbacks/manager'
import { Document, type DocumentInterface } from '@langchain/core/documents'
import { BaseDocumentCompressor } from '@langchain/core/retrievers/document_compressors'
import type { SagemakerEndpointOptions } from '@x/sagemaker-endpoint'
import { type RerankModelOptions, SagemakerReranker, type SagemakerRerankOptions } from '@x/sagemaker-rerank'

/** How many documents are kept. */
export interface RankingLimits {
  /**
   * Largest number of documents.
   * @defaultValue all
   */
  readonly topN?: number | undefined
  /**
   * Lowest score of a document.
   * @defaultValue none
   */
  readonly minScore?: number | undefined
}

/** Options of `SagemakerRerank`: the name of the endpoint with options of `SagemakerReranker`, or an existing one. */
export type SagemakerRerankFields = RankingLimits &
  (
    | (RerankModelOptions &
        Omit<SagemakerEndpointOptions, 'endpointName'> & {
          /** Name of the endpoint. */
          readonly model: string
          /** Never set: tells the two kinds of options apart. */
          readonly reranker?: undefined
        })
    | {
        /** The model that is called. It stays open when this object is closed. */
        readonly reranker: SagemakerReranker
        /** Never set: tells the two kinds of options apart. */
        readonly model?: undefined
      }
  )

/** A score and the document that it belongs to. */
export interface RelevanceScore {
  /** Position of the document in what was passed in, from 0. */
  readonly index: number
  /** How relevant the document is to the query; higher is better. */
  readonly relevanceScore: number
}

/**
 * Ranks documents with a reranker on a SageMaker endpoint, for LangChain's `ContextualCompressionRetriever` and others that take a
 * document compressor. Every score belongs to its document, or the call fails.
 *
 * @example
 * ```ts
 * const rerank = new SagemakerRerank({ model: 'my-reranker', region: 'us-east-1', topN: 5 })
 * const best = await rerank.compressDocuments(documents, 'boats in bad weather')
 * ```
 */
export class SagemakerRerank extends BaseDocumentCompressor {
  /** The model that is called. */
  readonly reranker: SagemakerReranker
  readonly #limits: RankingLimits
  readonly #close: () => void

  /** @throws {SagemakerError} `invalid-request` for options that are out of range or contradict each other. */
  constructor({ topN, minScore, ...options }: SagemakerRerankFields) {
    super()
    this.#limits = { topN, minScore }
    if (options.reranker === undefined) {
      const { model, reranker: _, ...others } = options
      const built = new SagemakerReranker({ ...others, endpointName: model })
      this.reranker = built
      this.#close = () => built.close()
    } else {
      this.reranker = options.reranker
      this.#close = () => {}
    }
  }

  /**
   * Copies of the documents, best first, with their scores as `metadata.relevanceScore`.
   *
   * @throws {SagemakerError} with the `index` of the document, if one is at fault.
   */
  override async compressDocuments(
    documents: DocumentInterface[],
    query: string,
    _callbacks?: Callbacks,
  ): Promise<Document[]> {
    const scores = await this.rerank(documents, query)
    return scores.map(({ index, relevanceScore }) => {
      const { pageContent, metadata, id } = documents[index] as DocumentInterface
      return new Document({
        pageContent,
        metadata: { ...metadata, relevanceScore },
        ...(id === undefined ? {} : { id }),
      })
    })
  }

  /**
   * The scores of documents, best first.
   *
   * @param documents - texts, or documents of LangChain.
   * @param options - `topN` and `minScore` override those of the object.
   * @throws {SagemakerError} with the `index` of the document, if one is at fault.
   */
  async rerank(
    documents: readonly (string | DocumentInterface)[],
    query: string,
    options: SagemakerRerankOptions = {},
  ): Promise<readonly RelevanceScore[]> {
    const texts = documents.map((document) => (typeof document === 'string' ? document : document.pageContent))
    const { topN = this.#limits.topN, minScore = this.#limits.minScore, ...others } = options
    const { ranking } = await this.reranker.rerank(query, texts, { ...others, topN, minScore })
    return ranking.map(({ index, score }) => ({ index, relevanceScore: score }))
  }

  /** Cancels running calls and closes the connections, unless the model was passed in. */
  close(): void {
    this.#close()
  }
}
