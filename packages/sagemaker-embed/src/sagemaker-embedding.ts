import type {
  AbortOption,
  Aggregate,
  EmbeddedText,
  EmbeddingCallOptions,
  EmbeddingDtype,
  EmbeddingInput,
  EmbeddingKind,
  EmbeddingModel,
  EmbeddingModelMetadata,
  EmbeddingResponse,
  EmbeddingVector,
  EmbedSource,
  ModelCodec,
  SparseEmbedding,
} from '@x/bedrock-like-types'
import { type SagemakerEndpoint, SagemakerError } from '@x/sagemaker-endpoint'
import { callerSignal, modelEndpoint, type OptionNames } from '@x/sagemaker-endpoint/model-kit'
import { ResponseStream } from '@x/stream-core/response-stream'
import { type Ability, denseTexts, multiVectorTexts, sparseTexts } from './calls/ability.ts'
import { embedAll, embedInputs, textOf } from './calls/embed-inputs.ts'
import type { EmbedResult, RefusedText } from './calls/embed-stream.ts'
import { type CallSettings, defaultEmbedBatchSize, EmbeddingCalls } from './calls/embedding-calls.ts'
import type { EmbeddingContentHandler } from './contract/embedding-content-handler.ts'
import type {
  EmbeddingOptions,
  EmbeddingRequestOptions,
  SagemakerEmbeddingOptions,
  SagemakerEmbedOptions,
  SagemakerEmbedStreamOptions,
  SpecialEmbeddingOptions,
} from './contract/embedding-options.ts'
import { embeddingCodec, type EmbeddingCodecOptions } from './embedding-codec.ts'
import { mean } from './vectors/mean.ts'
import { toUnitLength } from './vectors/unit-length.ts'

/** The names of the options of the embedding: a table that lacks one does not compile. */
const optionNames: OptionNames<EmbeddingOptions> = {
  contentHandler: true,
  embedBatchSize: true,
  maxBatchBytes: true,
  concurrency: true,
  dimensions: true,
  normalize: true,
  pooling: true,
  queryInstruction: true,
  textInstruction: true,
  inputType: true,
  modelName: true,
  additionalParameters: true,
  cache: true,
  callbacks: true,
  telemetry: true,
}

/**
 * An embedding model on a SageMaker endpoint: embeddings of queries, texts, images, arrays and streams, in any container's
 * format.
 *
 * Every input gets its own vector, or an error: number, order, width and finiteness of every answer are checked. Texts are
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
  readonly #calls: EmbeddingCalls
  readonly #options: EmbeddingOptions
  readonly #close: () => void

  /** @throws {SagemakerError} `invalid-request` for options out of range or that contradict each other. */
  constructor(options: SagemakerEmbeddingOptions) {
    const model = modelEndpoint<EmbeddingOptions>(options, optionNames)
    checkNumbers(model.options)
    this.endpoint = model.endpoint
    this.#options = model.options
    this.#close = () => model.close()
    const { modelName, embedBatchSize = defaultEmbedBatchSize, dimensions } = model.options
    this.metadata = { modelName: modelName ?? model.endpoint.endpointName, embedBatchSize, dimensions }
    const { region, inferenceComponentName, targetModel, targetVariant, targetContainerHostname } =
      model.endpointOptions
    const routing = { inferenceComponentName, targetModel, targetVariant, targetContainerHostname }
    const identity = { endpointName: model.endpoint.endpointName, region, ...routing }
    this.#calls = new EmbeddingCalls(model.endpoint, model.options, identity)
  }

  /**
   * The vectors of inputs of any kind, in their order, with what the container said about the call.
   *
   * @param inputs - texts, and images if the format takes them.
   * @throws {SagemakerError} The first failure in the order of the inputs, with its `index` if one input is at fault.
   */
  async embed<D extends EmbeddingDtype = 'float32'>(
    inputs: readonly EmbeddingInput[],
    options: SagemakerEmbedOptions<D>,
  ): Promise<EmbeddingResponse<EmbeddingVector<D>>> {
    const { kind, dimensions, dtype, signal, onProgress, ...requestOptions } = options
    const settings = { kind, dimensions, dtype, signal, onProgress, requestOptions }
    checkNumbers({ dimensions })
    const { outputs, run } = await embedInputs(this.#calls, inputs, settings)
    // The type of the elements was checked.
    return { embeddings: outputs as EmbeddingVector<D>[], tokens: run.tokens, response: run.response }
  }

  /**
   * The vector of a search query.
   *
   * @throws {SagemakerError}
   */
  getQueryEmbedding(query: string, options?: AbortOption & EmbeddingRequestOptions): Promise<Float32Array> {
    return this.#vector('query', query, options)
  }

  /**
   * The vector of a text that is to be found.
   *
   * @throws {SagemakerError}
   */
  getTextEmbedding(text: string, options?: AbortOption & EmbeddingRequestOptions): Promise<Float32Array> {
    return this.#vector('text', text, options)
  }

  /**
   * The vectors of texts that are to be found, in their order; none for no texts.
   *
   * @throws {SagemakerError} The first failure in the order of the texts, with the `index` of the text if one is at fault.
   */
  getTextEmbeddings(
    texts: readonly string[],
    options?: EmbeddingCallOptions & EmbeddingRequestOptions,
  ): Promise<Float32Array[]> {
    return this.#vectors('text', texts, options)
  }

  /**
   * One vector for several queries: their mean, unless another `aggregate` is given. With `normalize: true` it has unit length
   * too.
   *
   * @throws {SagemakerError} `invalid-request` if there is no query.
   */
  async getAggregateEmbedding(
    queries: readonly string[],
    aggregate: Aggregate = mean,
    options?: AbortOption & EmbeddingRequestOptions,
  ): Promise<Float32Array> {
    if (queries.length === 0) throw this.#invalidRequest('there are no queries to aggregate')
    const vector = aggregate(await this.#vectors('query', queries, options))
    return this.#options.normalize === true ? toUnitLength(vector) : vector
  }

  /**
   * Sparse vectors of texts, in their order: of SPLADE models in TEI, of BGE-M3 in LMI.
   *
   * @throws {SagemakerError} `invalid-request` if the format has none; otherwise as `embed`.
   */
  getSparseEmbeddings(texts: readonly string[], options?: SpecialEmbeddingOptions): Promise<SparseEmbedding[]> {
    return this.#special(sparseTexts, texts, options)
  }

  /**
   * Several vectors per text, one per token, in the order of the texts: of ColBERT and other models of late interaction. Compare
   * them with `maxSim`.
   *
   * @throws {SagemakerError} `invalid-request` if the format has one vector per text only; otherwise as `embed`.
   */
  getMultiVectorEmbeddings(
    texts: readonly string[],
    options?: SpecialEmbeddingOptions,
  ): Promise<(readonly Float32Array[])[]> {
    return this.#special(multiVectorTexts, texts, options)
  }

  /**
   * The vectors of any number of texts, in the order of the source, in bounded memory: at most twice `concurrency` batches
   * are in flight or wait to be taken, and an iterable is pulled no further ahead. What an Observable pushes waits in a queue of
   * at most 10,000 texts. Batches are filled within 50 ms: a source that is slower than that gets smaller ones.
   *
   * Each subscription and each iteration embeds the source anew. Leaving early closes the source and the connections.
   *
   * With `onError: 'skip'` a text that gets no vector is yielded with its error, and the stream goes on; failures that affect
   * every text (credentials, access, an endpoint or a parameter that does not exist) end it all the same.
   *
   * @throws {SagemakerError} After the results before it; also what the source throws.
   */
  embedStream<D extends EmbeddingDtype = 'float32'>(
    source: EmbedSource,
    options: SagemakerEmbedStreamOptions<D> & { readonly onError: 'skip' },
  ): ResponseStream<EmbeddedText<EmbeddingVector<D>> | RefusedText>
  /** The same for texts that all have to get a vector: the first that gets none ends the stream with its error. */
  embedStream<D extends EmbeddingDtype = 'float32'>(
    source: EmbedSource,
    options?: SagemakerEmbedStreamOptions<D> & { readonly onError?: 'throw' | undefined },
  ): ResponseStream<EmbeddedText<EmbeddingVector<D>>>
  embedStream<D extends EmbeddingDtype>(
    source: EmbedSource,
    options: SagemakerEmbedStreamOptions<D> = {},
  ): ResponseStream<EmbedResult<EmbeddingVector<D>>> {
    const { kind = 'text', onError = 'throw', dimensions, dtype, signal, onProgress, ...requestOptions } = options
    const settings = { kind, dimensions, dtype, signal, onProgress, requestOptions }
    checkNumbers({ dimensions })
    const open = async (left: AbortSignal): Promise<AsyncIterable<readonly EmbedResult[]>> => {
      const { embedSource } = await import('./calls/embed-stream.ts')
      return embedSource(this.#calls, source, settings, onError, left)
    }
    const stream = ResponseStream.fromBatches(open, {
      signal: signal && callerSignal(this.endpoint.endpointName, signal),
    })
    // The type of the elements was checked.
    return stream as ResponseStream<EmbedResult<EmbeddingVector<D>>>
  }

  /**
   * Writes the requests of this model and reads their answers without sending anything: for jobs over asynchronous inference and
   * batch transform.
   */
  codec<D extends EmbeddingDtype = 'float32'>(
    options: Pick<EmbeddingCodecOptions<D>, 'kind' | 'dtype'> = {},
  ): ModelCodec<EmbeddingInput, EmbeddingVector<D>> {
    return embeddingCodec({ ...this.#options, ...options })
  }

  /** Ends what runs and frees the connections, unless the endpoint was passed in. */
  close(): void {
    this.#close()
  }

  async #vector(
    kind: EmbeddingKind,
    text: string,
    options: (AbortOption & EmbeddingRequestOptions) | undefined,
  ): Promise<Float32Array> {
    const [vector] = await this.#vectors(kind, [text], options)
    return vector as Float32Array
  }

  async #vectors(
    kind: EmbeddingKind,
    texts: readonly string[],
    options?: EmbeddingCallOptions & EmbeddingRequestOptions,
  ): Promise<Float32Array[]> {
    const settings = settingsOf(kind, options)
    const ability = denseTexts(this.#calls.handler, this.#calls.callOf(settings))
    const { outputs } = await embedAll(this.#calls, ability, this.#sendable(kind, texts), settings)
    // Without a `dtype` every vector is one of single-precision numbers.
    return outputs as Float32Array[]
  }

  async #special<Output>(
    abilityOf: (handler: EmbeddingContentHandler) => Ability<string, Output>,
    texts: readonly string[],
    { kind = 'text', ...options }: SpecialEmbeddingOptions = {},
  ): Promise<Output[]> {
    const ability = abilityOf(this.#calls.handler)
    const { outputs } = await embedAll(this.#calls, ability, this.#sendable(kind, texts), settingsOf(kind, options))
    return [...outputs]
  }

  #sendable(kind: EmbeddingKind, texts: readonly string[]): string[] {
    return texts.map((text, index) => this.#calls.instructed(kind, textOf(text, index)))
  }

  #invalidRequest(reason: string): SagemakerError {
    const { endpointName } = this.endpoint
    return new SagemakerError('invalid-request', `${reason} (endpoint ${endpointName}).`, { endpointName })
  }
}

function settingsOf(kind: EmbeddingKind, options: EmbeddingCallOptions & EmbeddingRequestOptions = {}): CallSettings {
  const { signal, onProgress, ...requestOptions } = options
  return { kind, signal, onProgress, requestOptions }
}

/** @throws {SagemakerError} `invalid-request` for a number out of range. */
function checkNumbers(
  options: Pick<EmbeddingOptions, 'embedBatchSize' | 'maxBatchBytes' | 'concurrency' | 'dimensions'>,
): void {
  const { embedBatchSize, maxBatchBytes, concurrency, dimensions } = options
  for (const [name, value] of Object.entries({ embedBatchSize, maxBatchBytes, concurrency, dimensions })) {
    if (value !== undefined && !(Number.isInteger(value) && value >= 1)) {
      throw new SagemakerError('invalid-request', `${name}: ${String(value)} is not a whole number from 1`)
    }
  }
}
