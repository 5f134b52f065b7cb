import type {
  AbortOption,
  Aggregate,
  EmbeddedText,
  EmbeddingCallOptions,
  EmbeddingModel,
  EmbeddingModelMetadata,
  EmbedSource,
  EmbedStreamOptions,
  FailedText,
} from '@x/bedrock-like-types'
import { type SagemakerEndpoint, SagemakerError } from '@x/sagemaker-endpoint'
import { ResponseStream } from '@x/stream-core'
import type { EmbeddingKind } from './contract/embedding-content-handler.ts'
import { abortedSignal } from './engine/aborted-signal.ts'
import { defaultEmbedBatchSize, EmbeddingEngine } from './engine/embedding-engine.ts'
import type { SagemakerEmbeddingOptions } from './contract/embedding-options.ts'
import { splitEmbeddingOptions } from './split-embedding-options.ts'
import { mean } from './vectors/mean.ts'
import { toUnitLength } from './vectors/unit-length.ts'

type Result = EmbeddedText | FailedText

/** Results of one batch at a time, so that a stream costs one asynchronous step per batch and none per text. */
const eachResult = {
  push: (results: readonly Result[]): readonly Result[] => results,
  flush: (): readonly Result[] => [],
}

/**
 * An embedding model on a SageMaker endpoint: query, text, batch and stream embeddings, in any container's format.
 *
 * Every text gets its own vector, or an error: number, order, width and finiteness of every answer are checked. Texts are
 * sent as they are, with the instruction before them. A text that the model refuses fails alone, not with its batch.
 *
 * @example
 * ```ts
 * const embedding = new SagemakerEmbedding({ endpointName: 'my-bge', region: 'us-east-1' })
 * const vectors = await embedding.getTextEmbeddings(texts) // Float32Array[] in input order
 * ```
 *
 * @public
 */
export class SagemakerEmbedding implements EmbeddingModel {
  /** The endpoint that is called. */
  readonly endpoint: SagemakerEndpoint
  /** What is known about the model before it is called. */
  readonly metadata: EmbeddingModelMetadata
  readonly #engine: EmbeddingEngine
  readonly #normalize: boolean | undefined
  readonly #ownsEndpoint: boolean

  /** @throws {SagemakerError} `invalid-request` for options out of range or that contradict each other. */
  constructor(options: SagemakerEmbeddingOptions) {
    const { endpoint, ownsEndpoint, embedding, identity } = splitEmbeddingOptions(options)
    this.endpoint = endpoint
    this.metadata = {
      modelName: embedding.modelName ?? endpoint.endpointName,
      embedBatchSize: embedding.embedBatchSize ?? defaultEmbedBatchSize,
      dimensions: embedding.dimensions,
    }
    this.#engine = new EmbeddingEngine(endpoint, embedding, identity)
    this.#normalize = embedding.normalize
    this.#ownsEndpoint = ownsEndpoint
  }

  /**
   * The vector of a search query.
   *
   * @throws {SagemakerError}
   */
  async getQueryEmbedding(query: string, options: AbortOption = {}): Promise<Float32Array> {
    return this.#single('query', query, options)
  }

  /**
   * The vector of a text that is to be found.
   *
   * @throws {SagemakerError}
   */
  async getTextEmbedding(text: string, options: AbortOption = {}): Promise<Float32Array> {
    return this.#single('text', text, options)
  }

  /**
   * The vectors of texts that are to be found, in their order; none for no texts.
   *
   * @throws {SagemakerError} The first failure in the order of the texts, with the `index` of the text if one is at fault.
   */
  async getTextEmbeddings(texts: readonly string[], options: EmbeddingCallOptions = {}): Promise<Float32Array[]> {
    return this.#all('text', texts, options)
  }

  /**
   * One vector for several queries: that of their mean, unless another `aggregate` is given. With `normalize: true` it has
   * unit length too.
   *
   * @throws {SagemakerError} `invalid-request` when there is no query.
   */
  async getAggregateEmbedding(
    queries: readonly string[],
    aggregate: Aggregate = mean,
    options: AbortOption = {},
  ): Promise<Float32Array> {
    if (queries.length === 0) throw this.#invalidRequest('there are no queries to aggregate')
    const vector = aggregate(await this.#all('query', queries, options))
    return this.#normalize === true ? toUnitLength(vector) : vector
  }

  /**
   * The vectors of any number of texts, in the order of the source, in bounded memory: at most twice `concurrency` batches
   * are in flight or wait to be taken, and an iterable is pulled no further ahead. What an Observable pushes waits in a queue of at
   * most 10,000 texts. Batches are filled within 50 ms: a source that is slower than that gets smaller ones.
   *
   * Each subscription and each iteration embeds the source anew. Leaving early closes the source and the connections.
   *
   * With `onError: 'skip'` a text that gets no vector is yielded with its error, and the stream goes on; failures that would
   * befall every text (credentials, access, an endpoint that does not exist) end it all the same.
   *
   * @throws {SagemakerError} After the results before it; also what the source throws.
   */
  embedStream(
    source: EmbedSource,
    options: EmbedStreamOptions & { readonly onError: 'skip' },
  ): ResponseStream<EmbeddedText | FailedText>
  /** The same for texts that all have to get a vector: the first that gets none ends the stream with its error. */
  embedStream(
    source: EmbedSource,
    options?: EmbedStreamOptions & { readonly onError?: 'throw' | undefined },
  ): ResponseStream<EmbeddedText>
  embedStream(source: EmbedSource, options: EmbedStreamOptions = {}): ResponseStream<Result> {
    const signal = options.signal && abortedSignal(this.endpoint.endpointName, options.signal)
    const open = (left: AbortSignal): AsyncIterable<readonly Result[]> =>
      this.#engine.embed('text', source, options, left)
    return ResponseStream.from(open, { signal }).pipeDecoder(() => eachResult)
  }

  /** Ends what runs and frees the connections, unless the endpoint was handed in. */
  close(): void {
    if (this.#ownsEndpoint) this.endpoint.close()
  }

  async #single(kind: EmbeddingKind, text: string, options: AbortOption): Promise<Float32Array> {
    const [vector] = await this.#all(kind, [text], options)
    if (vector === undefined) throw this.#invalidRequest('there is no text')
    return vector
  }

  async #all(kind: EmbeddingKind, texts: readonly string[], options: EmbeddingCallOptions): Promise<Float32Array[]> {
    const vectors: Float32Array[] = []
    for await (const items of this.#engine.embed(kind, texts, { ...options, onError: 'throw' })) {
      for (const { embedding } of items) if (embedding !== undefined) vectors.push(embedding)
    }
    return vectors
  }

  #invalidRequest(reason: string): SagemakerError {
    const { endpointName } = this.endpoint
    return new SagemakerError('invalid-request', `${reason} (endpoint ${endpointName}).`, { endpointName })
  }
}
