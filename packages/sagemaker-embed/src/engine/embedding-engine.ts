import type { EmbeddedText, EmbedSource, EmbedStreamOptions, FailedText } from '@x/bedrock-like-types'
import type { SagemakerEndpoint } from '@x/sagemaker-endpoint'
import { CachedVectors, type CacheIdentity, cacheKeyOf } from '../cache/cached-vectors.ts'
import type { EmbeddingKind } from '../contract/embedding-content-handler.ts'
import { autoEmbedding } from '../handlers/auto-embedding.ts'
import type { EmbeddingOptions } from '../contract/embedding-options.ts'
import { EmbeddingTelemetry } from '../telemetry/embedding-telemetry.ts'
import { BatchLimits } from './batch-limits.ts'
import { ConcurrencyGovernor } from './concurrency-governor.ts'
import { embedTexts } from './embed-texts.ts'
import type { EmbeddingRun } from './embedding-run.ts'
import { RunObserver } from './run-observer.ts'
import { runSignal } from './run-signal.ts'
import { TextEmbedder } from './text-embedder.ts'

/** Used when the options say nothing. */
export const defaultEmbedBatchSize = 10
const defaultMaxBatchBytes = 25_000_000
const defaultConcurrency = 4

/** Turns sources of texts into runs, which share what is learnt about the endpoint. */
export class EmbeddingEngine {
  readonly #endpointName: string
  readonly #options: EmbeddingOptions
  readonly #identity: CacheIdentity
  readonly #concurrency: number
  readonly #limits: BatchLimits
  readonly #embedder: TextEmbedder
  readonly #telemetry: EmbeddingTelemetry | undefined

  /** @param identity - what tells this model from others in a cache, besides the options of the embedding. */
  constructor(endpoint: SagemakerEndpoint, options: EmbeddingOptions, identity: CacheIdentity) {
    const { contentHandler: handler = autoEmbedding(), concurrency = defaultConcurrency } = options
    const { embedBatchSize: maxTexts = defaultEmbedBatchSize, maxBatchBytes: maxBytes = defaultMaxBatchBytes } = options
    this.#endpointName = endpoint.endpointName
    this.#options = { ...options, contentHandler: handler }
    this.#identity = identity
    this.#concurrency = concurrency
    this.#limits = new BatchLimits({ maxTexts, maxBytes }, handler.limits)
    const governor = new ConcurrencyGovernor(concurrency)
    const { telemetry, modelName } = options
    this.#telemetry = telemetry && new EmbeddingTelemetry(telemetry, { endpointName: endpoint.endpointName, modelName })
    this.#embedder = new TextEmbedder({ endpoint, handler, limits: this.#limits, governor })
  }

  /**
   * Embeds the texts of a source, and yields the results of one batch at a time, in the order of the source.
   *
   * @param left - aborts when the consumer leaves.
   * @throws {SagemakerError} After all results before the failure; also what the source throws.
   */
  async *embed(
    kind: EmbeddingKind,
    source: EmbedSource,
    options: EmbedStreamOptions,
    left?: AbortSignal,
  ): AsyncGenerator<readonly (EmbeddedText | FailedText)[], void, undefined> {
    const observer = new RunObserver(kind, this.#options.callbacks ?? {}, options.onProgress, this.#telemetry)
    const ending = runSignal(this.#endpointName, options.signal, left)
    const run = this.#run(kind, options.onError ?? 'throw', observer, ending.signal)
    try {
      yield* embedTexts(source, this.#embedder, this.#limits, this.#concurrency, run)
      observer.ended(false, run.width)
    } catch (error) {
      const failure: unknown = ending.signal.aborted ? ending.signal.reason : error
      if (left?.aborted !== true) observer.failed(failure, run.width)
      throw failure
    } finally {
      // Here too when the consumer has left, without an error: then nothing has ended yet.
      if (options.signal?.aborted === true) observer.failed(ending.signal.reason, run.width)
      else observer.ended(true, run.width)
      ending.release()
    }
  }

  #run(kind: EmbeddingKind, onError: 'throw' | 'skip', observer: RunObserver, signal: AbortSignal): EmbeddingRun {
    const { dimensions, normalize, pooling, modelName, additionalParameters, inputType, cache } = this.#options
    const instruction = (kind === 'query' ? this.#options.queryInstruction : this.#options.textInstruction) ?? ''
    const call = {
      kind,
      dimensions,
      normalize,
      pooling,
      modelName,
      additionalParameters,
      inputType: typeof inputType === 'object' ? inputType[kind] : inputType,
    }
    const identity = { ...this.#identity, handler: this.#options.contentHandler?.name, ...call }
    const vectors = cache && new CachedVectors(cache, cacheKeyOf(identity), (error) => observer.cacheFailed(error))
    return { call, instruction, onError, signal, observer, vectors, width: dimensions }
  }
}
