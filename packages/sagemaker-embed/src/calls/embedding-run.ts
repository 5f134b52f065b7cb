import type { ModelResponseMetadata } from '@x/bedrock-like-types'
import {
  BatchReport,
  type BatchRun,
  cacheKeys,
  ResultCache,
  runHook,
  type ResultStore,
} from '@x/sagemaker-endpoint/model-kit'
import { VectorCodec } from '../formats/vector-codec.ts'
import type { Ability } from './ability.ts'
import type { CallSettings, EmbeddingCalls, EmbeddingOutcome } from './embedding-calls.ts'

/** The options of a call that decide which model answers. */
const routingNames = [
  'inferenceComponentName',
  'targetModel',
  'targetVariant',
  'targetContainerHostname',
  'customAttributes',
] as const

/** One call of a model object, from its start to its end. */
export class EmbeddingRun {
  readonly #calls: EmbeddingCalls
  readonly #settings: CallSettings
  readonly #report: BatchReport<EmbeddingOutcome> | undefined
  readonly #codecs: VectorCodec<never, unknown>[] = []
  #total: number | undefined

  /** @param total - the number of inputs, if it is known at the start. */
  constructor(calls: EmbeddingCalls, settings: CallSettings, total?: number) {
    this.#calls = calls
    this.#settings = settings
    this.#total = total
    this.#report = this.#start()
  }

  /** Tokens of the inputs, as far as the container reported them. */
  get tokens(): number | undefined {
    const counts = this.#codecs.map(({ tokens }) => tokens).filter((tokens) => tokens !== undefined)
    return counts.length === 0 ? undefined : counts.reduce((sum, tokens) => sum + tokens, 0)
  }

  /** Metadata of the last response; without values if all vectors came from the cache. */
  get response(): ModelResponseMetadata {
    const metadata = this.#codecs.findLast((codec) => codec.metadata !== undefined)?.metadata
    return { attempts: 0, timings: {}, ...metadata, warnings: [] }
  }

  /** Sets the number of inputs of a source, which is known when the source ends. */
  set total(total: number) {
    this.#total = total
  }

  /** Creates the settings for the batch engine. */
  batchRun<Input, Output>(
    ability: Ability<Input, Output>,
    onError: 'throw' | 'skip',
    signal: AbortSignal | undefined,
  ): BatchRun<Input, Output> {
    const { endpointName, handler, options } = this.#calls
    const { requestOptions } = this.#settings
    const { format, check, copy } = ability
    const call = this.#calls.callOf(this.#settings)
    const codec = new VectorCodec<Input, Output>({
      endpointName,
      formatName: handler.name,
      format,
      call,
      check,
      copy,
      probe: ability.probe,
    })
    this.#codecs.push(codec as VectorCodec<never, unknown>)
    const run = { codec, onError, signal, callOptions: requestOptions, observer: this.#report }
    const { cache: store } = options
    if (store === undefined || !ability.isCacheable) return run
    const routing = Object.fromEntries(routingNames.map((name) => [name, requestOptions?.[name]]))
    const routed = Object.fromEntries(Object.entries(routing).filter(([, value]) => value !== undefined))
    const keyOf = cacheKeys({ ...this.#calls.identity, ...routed, handler: handler.name, ...call })
    const cache = new ResultCache<Input, Output>({
      store: store as unknown as ResultStore<Output>,
      keyOf: (text) => keyOf(String(text)),
      check: (value) => codec.checkCached(value),
      failed: (error) => this.#report?.cacheFailed({ error }),
    })
    return { ...run, cache }
  }

  /** @param aborted - whether the consumer left before the end. */
  end(aborted: boolean): void {
    this.#report?.end(aborted)
  }

  fail(error: unknown): void {
    this.#report?.fail(error)
  }

  #start(): BatchReport<EmbeddingOutcome> | undefined {
    const { listeners, endpointName, options } = this.#calls
    const { kind, onProgress } = this.#settings
    if (listeners.isEmpty && onProgress === undefined) return undefined
    const { modelName } = options
    return new BatchReport<EmbeddingOutcome>(
      listeners.start({ endpointName, modelName, kind }),
      (outcome) => ({ ...outcome, dimensions: this.#codecs[0]?.width }),
      onProgress &&
        (({ items, failed, tokens, elapsedMs }) => {
          const textsPerSecond = elapsedMs > 0 ? (items * 1000) / elapsedMs : 0
          runHook(this.#settings, 'onProgress', onProgress, {
            done: items,
            failed,
            total: this.#total,
            textsPerSecond,
            tokens,
          })
        }),
    )
  }
}
