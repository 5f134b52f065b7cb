import type { EmbeddingDtype, EmbeddingKind, EmbeddingProgress } from '@x/bedrock-like-types'
import type { SagemakerEndpoint } from '@x/sagemaker-endpoint'
import {
  type BatchCall,
  batchCallbackListener,
  BatchEngine,
  type BatchOutcome,
  type BatchProgress,
  batchTelemetryListener,
  CallListeners,
  telemetryNames,
} from '@x/sagemaker-endpoint/model-kit'
import type { EmbeddingCall, EmbeddingContentHandler, EmbeddingLimits } from '../contract/embedding-content-handler.ts'
import type { EmbeddingOptions, EmbeddingRequestOptions } from '../contract/embedding-options.ts'
import { autoEmbedding } from '../handlers/auto-embedding.ts'

/** Used if the options do not say otherwise. */
export const defaultEmbedBatchSize = 10
const defaultMaxBatchBytes = 25_000_000
const defaultConcurrency = 4

/** Settings of one call. */
export interface CallSettings {
  readonly kind: EmbeddingKind
  readonly dimensions?: number | undefined
  readonly dtype?: EmbeddingDtype | undefined
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: EmbeddingProgress) => void) | undefined
  /** Routing, time limits and retries. */
  readonly requestOptions?: EmbeddingRequestOptions | undefined
}

/** What listeners receive at the start and at the end of a call. */
export type ListenedEmbeddingCall = BatchCall & { readonly kind: EmbeddingKind }
export type EmbeddingOutcome = BatchOutcome & { readonly dimensions?: number | undefined }

/** State that all calls of a model object share. */
export class EmbeddingCalls {
  readonly endpointName: string
  readonly handler: EmbeddingContentHandler
  readonly options: EmbeddingOptions
  /** Identifies the model in a cache, together with the options of the embedding. */
  readonly identity: Readonly<Record<string, unknown>>
  readonly listeners: CallListeners<ListenedEmbeddingCall, BatchProgress, EmbeddingOutcome>
  readonly #engine: BatchEngine
  /** One engine per format, because formats have their own limits. All share one concurrency. */
  readonly #engines = new Map<EmbeddingLimits, BatchEngine>()

  constructor(endpoint: SagemakerEndpoint, options: EmbeddingOptions, identity: Readonly<Record<string, unknown>>) {
    this.endpointName = endpoint.endpointName
    this.handler = options.contentHandler ?? autoEmbedding()
    this.options = options
    this.identity = identity
    this.listeners = listenersOf(options)
    const { concurrency = defaultConcurrency } = options
    this.#engine = new BatchEngine({ endpoint, limits: this.#limits(this.handler.limits), concurrency })
    this.#engines.set(this.handler.limits, this.#engine)
  }

  /** The engine for requests of a format with these limits. */
  engineFor(limits: EmbeddingLimits): BatchEngine {
    let engine = this.#engines.get(limits)
    if (engine === undefined) {
      engine = this.#engine.withLimits(this.#limits(limits))
      this.#engines.set(limits, engine)
    }
    return engine
  }

  /** What a content handler receives with the requests of a call. */
  callOf({ kind, dimensions, dtype }: CallSettings): Omit<EmbeddingCall, 'count'> {
    return embeddingCallOf(this.options, { kind, dimensions, dtype })
  }

  /** Prepends the instruction of a kind to a text. */
  instructed(kind: EmbeddingKind, text: string): string {
    return instructionOf(this.options, kind) + text
  }

  #limits({ maxTexts, maxBytes }: EmbeddingLimits) {
    const { embedBatchSize = defaultEmbedBatchSize, maxBatchBytes = defaultMaxBatchBytes } = this.options
    return [
      { maxItems: embedBatchSize, maxBytes: maxBatchBytes },
      { maxItems: maxTexts, maxBytes },
    ]
  }
}

/** What a content handler receives with the requests of a call with these options. */
export function embeddingCallOf(
  options: EmbeddingOptions,
  { kind, dimensions, dtype }: Pick<CallSettings, 'kind' | 'dimensions' | 'dtype'>,
): Omit<EmbeddingCall, 'count'> {
  const { normalize, pooling, inputType, modelName, additionalParameters } = options
  return {
    kind,
    dimensions: dimensions ?? options.dimensions,
    normalize,
    pooling,
    modelName,
    additionalParameters,
    inputType: typeof inputType === 'object' ? inputType[kind] : inputType,
    dtype,
  }
}

/** The text to prepend to texts of a kind. */
export function instructionOf(options: EmbeddingOptions, kind: EmbeddingKind): string {
  return (kind === 'query' ? options.queryInstruction : options.textInstruction) ?? ''
}

function listenersOf({
  callbacks,
  telemetry,
}: EmbeddingOptions): CallListeners<ListenedEmbeddingCall, BatchProgress, EmbeddingOutcome> {
  const { attribute, operation } = telemetryNames
  return new CallListeners<ListenedEmbeddingCall, BatchProgress, EmbeddingOutcome>(
    callbacks && batchCallbackListener(callbacks),
    telemetry &&
      batchTelemetryListener<ListenedEmbeddingCall, EmbeddingOutcome>(telemetry, operation.embeddings, {
        call: ({ kind }) => ({ [attribute.embeddingKind]: kind }),
        outcome: ({ dimensions }) => (dimensions === undefined ? {} : { [attribute.dimensionCount]: dimensions }),
      }),
  )
}
