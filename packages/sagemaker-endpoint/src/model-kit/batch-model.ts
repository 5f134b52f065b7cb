import { SagemakerError } from '../errors/sagemaker-error.ts'
import type { CallOptions } from '../options/call-options.ts'
import type { SagemakerEndpoint } from '../sagemaker-endpoint.ts'
import type { BatchCallbacks } from './batch-callbacks.ts'
import {
  type BatchCall,
  batchCallbackListener,
  type BatchOutcome,
  type BatchProgress,
  batchTelemetryListener,
} from './batch-listeners.ts'
import { BatchReport } from './batch-report.ts'
import type { BatchCodec } from './batching/batch-codec.ts'
import { BatchEngine } from './batching/batch-engine.ts'
import type { BatchSizeLimits } from './batching/batch-limits.ts'
import type { BatchRun } from './batching/batch-run.ts'
import { CallListeners } from './call-listeners.ts'
import { type EndpointOrOptions, type ModelEndpoint, modelEndpoint, type OptionNames } from './endpoint-or-options.ts'
import type { TelemetryOperation } from './telemetry-names.ts'
import type { TelemetryOptions } from './telemetry-options.ts'

/**
 * Options of every model that gets a result for each of several items.
 *
 * @public
 */
export interface BatchModelOptions {
  /** Name of the model, for telemetry. Sent as `model` if the container has that member. */
  readonly modelName?: string | undefined
  /**
   * Largest number of items in one request. The container's own limit counts if it is lower.
   * @defaultValue 32
   */
  readonly batchSize?: number | undefined
  /**
   * Largest size of a request with more than one item, in bytes.
   * @defaultValue 25,000,000, the limit of SageMaker
   */
  readonly maxBatchBytes?: number | undefined
  /**
   * Largest number of requests in flight, of all calls together. Lowered while the endpoint throttles.
   * @defaultValue 4
   */
  readonly concurrency?: number | undefined
  /** Parameters of the container, under its own names. They override everything else in the body. */
  readonly additionalParameters?: Readonly<Record<string, unknown>> | undefined
  /** Called during every call. */
  readonly callbacks?: BatchCallbacks | undefined
  /**
   * OpenTelemetry spans and metrics of every call.
   * @defaultValue none
   */
  readonly telemetry?: TelemetryOptions | undefined
}

/**
 * Options of one call of such a model: routing, time limits and retries override those of the endpoint.
 *
 * @public
 */
export type BatchRequestOptions = Omit<CallOptions, 'contentType' | 'accept'>

/** The names of the options in `BatchModelOptions`. */
export const batchModelOptionNames: OptionNames<BatchModelOptions> = {
  modelName: true,
  batchSize: true,
  maxBatchBytes: true,
  concurrency: true,
  additionalParameters: true,
  callbacks: true,
  telemetry: true,
}

const defaultBatchSize = 32
const defaultMaxBatchBytes = 25_000_000
const defaultConcurrency = 4

/** What a kind of model adds to a `BatchModel`. */
export interface BatchModelKind<Options> {
  readonly operation: TelemetryOperation
  readonly names: OptionNames<Options>
  /** Limits of the container's format. */
  readonly limits: BatchSizeLimits
}

/** A model object that gets a result for each of several items: its endpoint, engine, callbacks and telemetry. */
export class BatchModel<Options extends BatchModelOptions> {
  readonly endpoint: SagemakerEndpoint
  /** The options of the model, without those of the endpoint. */
  readonly options: Options
  readonly #model: ModelEndpoint<Options>
  readonly #engine: BatchEngine
  readonly #listeners: CallListeners<BatchCall, BatchProgress, BatchOutcome>

  /** @throws {SagemakerError} `invalid-request` for options that are out of range or contradict each other. */
  constructor(options: Options & EndpointOrOptions, { operation, names, limits }: BatchModelKind<Options>) {
    const model = modelEndpoint<Options>(options, names)
    this.endpoint = model.endpoint
    this.options = model.options
    this.#model = model
    const {
      batchSize = defaultBatchSize,
      maxBatchBytes = defaultMaxBatchBytes,
      concurrency = defaultConcurrency,
      callbacks,
      telemetry,
    } = model.options
    checkWholeNumbers({ batchSize, maxBatchBytes, concurrency })
    this.#engine = new BatchEngine({
      endpoint: model.endpoint,
      limits: [{ maxItems: batchSize, maxBytes: maxBatchBytes }, limits],
      concurrency,
    })
    this.#listeners = new CallListeners(
      telemetry && batchTelemetryListener(telemetry, operation),
      callbacks && batchCallbackListener(callbacks),
    )
  }

  /** Name of the model; without one, of the endpoint. */
  get modelName(): string {
    return this.options.modelName ?? this.endpoint.endpointName
  }

  /**
   * Gets the result of each item, in order.
   *
   * @param isUndecided - whether the format of the container is not known yet: then one request is answered before others are sent.
   * @throws {SagemakerError} The first failure in the order of the items, with the `index` of the item if the failure is about one.
   */
  async run<Item, Result>(
    items: readonly Item[],
    codec: BatchCodec<Item, Result>,
    { signal, ...callOptions }: BatchRequestOptions,
    isUndecided = false,
  ): Promise<Result[]> {
    const report = this.#report()
    const run: BatchRun<Item, Result> = { codec, onError: 'throw', signal, callOptions, observer: report }
    try {
      const { maxItems } = this.#engine.limits
      const isSplit = isUndecided && (codec.splittable ?? true) && items.length > maxItems
      const first = isSplit ? items.slice(0, maxItems) : items
      const outcomes = await this.#engine.run(first, run)
      if (isSplit) outcomes.push(...(await this.#runRest(items, first.length, run)))
      report?.end(false)
      return outcomes.map(({ result }) => result as Result)
    } catch (error) {
      report?.fail(error)
      throw error
    }
  }

  /** Closes the endpoint if it was created here. */
  close(): void {
    this.#model.close()
  }

  async #runRest<Item, Result>(items: readonly Item[], start: number, run: BatchRun<Item, Result>) {
    try {
      return await this.#engine.run(items.slice(start), run)
    } catch (error) {
      if (!SagemakerError.is(error) || error.index === undefined) throw error
      throw error.with({ index: start + error.index })
    }
  }

  #report(): BatchReport | undefined {
    if (this.#listeners.isEmpty) return undefined
    const { endpointName } = this.endpoint
    return new BatchReport(
      this.#listeners.start({ endpointName, modelName: this.options.modelName }),
      (outcome) => outcome,
    )
  }
}

function checkWholeNumbers(numbers: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (Number.isInteger(value) && value >= 1) continue
    throw new SagemakerError('invalid-request', `${name} is ${value}; it must be a whole number from 1.`)
  }
}
