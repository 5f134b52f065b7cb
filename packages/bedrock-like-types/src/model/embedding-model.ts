import type { AbortOption } from './abort-option.ts'
import type { EmbedSource } from './embed-source.ts'
import type { EmbeddedText, FailedText } from './embedded-text.ts'
import type { EmbeddingInput } from './embedding-input.ts'
import type { EmbeddingModelMetadata } from './embedding-model-metadata.ts'
import type { EmbeddingCallOptions, EmbedOptions, EmbedStreamOptions } from './embedding-options.ts'
import type { EmbeddingResponse } from './embedding-response.ts'
import type { EmbeddingDtype, EmbeddingVector } from './embedding-vector.ts'

/**
 * Makes one vector out of several of the same length.
 *
 * @public
 */
export type Aggregate = (vectors: readonly Float32Array[]) => Float32Array

/**
 * An embedding model, wherever it runs.
 *
 * Every text gets its own vector, in the order of the texts, or the call fails.
 *
 * @public
 */
export interface EmbeddingModel {
  /** What is known about the model before it is called. */
  readonly metadata: EmbeddingModelMetadata
  /** The vector of a search query. */
  getQueryEmbedding(query: string, options?: AbortOption): Promise<Float32Array>
  /** The vector of a text that is to be found. */
  getTextEmbedding(text: string, options?: AbortOption): Promise<Float32Array>
  /** The vectors of texts that are to be found, in their order. */
  getTextEmbeddings(texts: readonly string[], options?: EmbeddingCallOptions): Promise<Float32Array[]>
  /** One vector for several queries. Default of `aggregate`: the mean. */
  getAggregateEmbedding(queries: readonly string[], aggregate?: Aggregate, options?: AbortOption): Promise<Float32Array>
  /** The vectors of inputs of any kind, in their order, with what the container said about the call. */
  embed<D extends EmbeddingDtype = 'float32'>(
    inputs: readonly EmbeddingInput[],
    options: EmbedOptions<D>,
  ): Promise<EmbeddingResponse<EmbeddingVector<D>>>
  /** The vectors of any number of texts, in their order, in bounded memory; a text that the model refuses is yielded with its error. */
  embedStream(
    source: EmbedSource,
    options: EmbedStreamOptions & { readonly onError: 'skip' },
  ): AsyncIterable<EmbeddedText | FailedText>
  /** The vectors of any number of texts, in their order, in bounded memory. */
  embedStream(
    source: EmbedSource,
    options?: EmbedStreamOptions & { readonly onError?: 'throw' | undefined },
  ): AsyncIterable<EmbeddedText>
}
