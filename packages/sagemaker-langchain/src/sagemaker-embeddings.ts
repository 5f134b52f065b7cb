import { Embeddings } from '@langchain/core/embeddings'
import { type EmbeddingOptions, SagemakerEmbedding } from '@x/sagemaker-embed'
import type { SagemakerEndpointOptions } from '@x/sagemaker-endpoint'

/** Options of `SagemakerEmbeddings`: the name of the endpoint with options of `SagemakerEmbedding`, or an existing one. */
export type SagemakerEmbeddingsOptions =
  | (EmbeddingOptions &
      Omit<SagemakerEndpointOptions, 'endpointName'> & {
        /** Name of the endpoint. */
        readonly model: string
        /** Never set: tells the two kinds of options apart. */
        readonly embedding?: undefined
      })
  | {
      /** The model that is called. It stays open when this object is closed. */
      readonly embedding: SagemakerEmbedding
      /** Never set: tells the two kinds of options apart. */
      readonly model?: undefined
    }

/**
 * Embeddings of an embedding model on a SageMaker endpoint for LangChain, whatever container serves it. Batches, limits and retries are
 * those of `SagemakerEmbedding`; LangChain adds none.
 *
 * @example
 * ```ts
 * const embeddings = new SagemakerEmbeddings({ model: 'my-bge', region: 'us-east-1' })
 * const store = await MemoryVectorStore.fromTexts(texts, metadata, embeddings)
 * ```
 */
export class SagemakerEmbeddings extends Embeddings {
  /** The model that is called. */
  readonly embedding: SagemakerEmbedding
  readonly #close: () => void

  /** @throws {SagemakerError} `invalid-request` for options that are out of range or contradict each other. */
  constructor(options: SagemakerEmbeddingsOptions) {
    super({ maxRetries: 0 })
    if (options.embedding === undefined) {
      const { model, embedding: _, ...others } = options
      const built = new SagemakerEmbedding({ ...others, endpointName: model })
      this.embedding = built
      this.#close = () => built.close()
    } else {
      this.embedding = options.embedding
      this.#close = () => {}
    }
  }

  /**
   * The vectors of texts that are to be found, in their order.
   *
   * @throws {SagemakerError} with the `index` of the text, if one is at fault.
   */
  override async embedDocuments(documents: string[]): Promise<number[][]> {
    const vectors = await this.embedding.getTextEmbeddings(documents)
    return vectors.map((vector) => [...vector])
  }

  /**
   * The vector of a search query, with the instruction and the input type of queries.
   *
   * @throws {SagemakerError}
   */
  override async embedQuery(document: string): Promise<number[]> {
    return [...(await this.embedding.getQueryEmbedding(document))]
  }

  /** Cancels running calls and closes the connections, unless the model was passed in. */
  close(): void {
    this.#close()
  }
}
