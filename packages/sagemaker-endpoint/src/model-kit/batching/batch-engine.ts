import type { SagemakerEndpoint } from '../../sagemaker-endpoint.ts'
import { runSignal } from '../signals.ts'
import { BatchLimits, type BatchSizeLimits } from './batch-limits.ts'
import { type Batch, BatchPacker, outcomesOfEntries } from './batch-packer.ts'
import type { BatchRun } from './batch-run.ts'
import { ConcurrencyGovernor } from '../../call/concurrency-governor.ts'
import { ItemSender } from './item-sender.ts'
import type { Outcome } from './outcome.ts'
import type { SharedModelState } from './request-sender.ts'

/** Options of a `BatchEngine`. */
export interface BatchEngineOptions {
  readonly endpoint: Pick<SagemakerEndpoint, 'endpointName' | 'invoke'>
  /** The configured limits and those of the container's format; the lowest applies. */
  readonly limits: readonly BatchSizeLimits[]
  /** Most requests in flight, of all calls together. Lowered while the endpoint throttles. */
  readonly concurrency: number
  /**
   * Decides how many requests run at a time.
   *
   * @defaultValue one of this engine
   */
  readonly governor?: ConcurrencyGovernor | undefined
}

/** A source of items. */
export interface BatchStream<Source, Item> {
  /**
   * The source in groups. A group smaller than `groupSize` means that the source has no more items at the moment; the batch is
   * then sent even if it is not full.
   */
  readonly groups: AsyncIterable<readonly Source[]>
  readonly groupSize: number
  readonly itemOf: (source: Source) => Item
}

/** A value of the source with its outcome. */
export interface SourceOutcome<Source, Result> {
  readonly source: Source
  readonly outcome: Outcome<Result>
}

/**
 * Gets a result for each of many items, of any type, from a model that takes several items per request: packs items into
 * batches by count and bytes, keeps as many requests in flight as the endpoint accepts, divides refused requests, and keeps
 * results in a cache. A model object has one engine.
 */
export class BatchEngine {
  readonly limits: BatchLimits
  readonly #shared: SharedModelState
  readonly #concurrency: number

  constructor({ endpoint, limits, concurrency, governor = new ConcurrencyGovernor(concurrency) }: BatchEngineOptions) {
    this.limits = new BatchLimits(...limits)
    this.#shared = { endpoint, limits: this.limits, governor }
    this.#concurrency = concurrency
  }

  /** Creates an engine with other limits for the same endpoint, for requests in another format. Both share one concurrency. */
  withLimits(limits: readonly BatchSizeLimits[]): BatchEngine {
    const { endpoint, governor } = this.#shared
    return new BatchEngine({ endpoint, limits, concurrency: this.#concurrency, governor })
  }

  /**
   * Returns the outcome of each item, in order. A single item is one call of the endpoint, without queues or streams.
   *
   * @throws {SagemakerError} With `onError: 'throw'` the first failure in the order of the items, with the `index` of the item.
   * In either case a failure that is not about single items.
   */
  async run<Item, Result>(items: readonly Item[], run: BatchRun<Item, Result>): Promise<Outcome<Result>[]> {
    if (items.length === 0) return []
    const packer = new BatchPacker<Item, Item, Result>(this.limits, run.codec)
    pack(items, items, packer, run.cache && (await run.cache.find(items)))
    const batches = packer.takeAll()
    const [batch] = batches
    if (batch === undefined || batches.length > 1) return this.#runAll(batches, run)
    const outcomes: Outcome<Result>[] = []
    // A single item needs no probe: it is the one that failed.
    const sender = new ItemSender(this.#shared, run, items.length === 1 ? undefined : run.codec.probe)
    append(outcomes, await deliver(batch, sender, run), run)
    return outcomes
  }

  /**
   * Yields the outcomes of the items of a source, batch by batch and in order. At most twice `concurrency` batches are in flight
   * or wait for the consumer; the source is not read further until there are fewer. With `onError: 'throw'`, the first failure is
   * the last outcome.
   *
   * @param run - its signal must abort when the consumer leaves.
   * @throws {SagemakerError} After all outcomes before the failure; also what the source throws.
   */
  async *stream<Source, Item, Result>(
    source: BatchStream<Source, Item>,
    run: BatchRun<Item, Result>,
  ): AsyncGenerator<readonly SourceOutcome<Source, Result>[], void, undefined> {
    // Only streams of items need operators, which would take longer to load than all of this package.
    const { mapConcurrent } = await import('@x/stream-core')
    const sender = new ItemSender(this.#shared, run, run.codec.probe)
    const deliverAll = mapConcurrent((batch: Batch<Source, Item, Result>) => deliver(batch, sender, run), {
      concurrency: this.#concurrency,
      ordered: true,
    })
    for await (const results of deliverAll(packed(source, new BatchPacker(this.limits, run.codec), run))) {
      if (results.length > 0) yield results
      if (endsWithFailure(results, run)) return
    }
  }

  /** Sends several batches at a time and reads their outcomes in order, so that the first failure in order is thrown. */
  async #runAll<Item, Result>(
    batches: readonly Batch<Item, Item, Result>[],
    run: BatchRun<Item, Result>,
  ): Promise<Outcome<Result>[]> {
    const ending = runSignal(this.#shared.endpoint.endpointName, run.signal)
    const inner = { ...run, signal: ending.signal }
    const sender = new ItemSender(this.#shared, inner, run.codec.probe)
    const delivered: Promise<readonly SourceOutcome<Item, Result>[]>[] = []
    const startNext = (): void => {
      const batch = batches[delivered.length]
      if (batch === undefined || ending.signal.aborted) return
      const delivery = deliver(batch, sender, inner)
      // After a failure no further batch is started; earlier ones have started and are awaited in order.
      delivery.then(startNext, () => {})
      delivered.push(delivery)
    }
    try {
      for (let count = 0; count < this.#concurrency; count++) startNext()
      const outcomes: Outcome<Result>[] = []
      for (const index of batches.keys()) {
        const results = await delivered[index]
        // After an abort no further batch is started.
        if (results === undefined) throw ending.signal.reason
        append(outcomes, results, run)
      }
      return outcomes
    } catch (error) {
      throw ending.signal.aborted ? ending.signal.reason : error
    } finally {
      ending.release()
    }
  }
}

/** Adds sources to a packer, each with its cached result or as an item to send. */
function pack<Source, Item, Result>(
  sources: readonly Source[],
  items: readonly Item[],
  packer: BatchPacker<Source, Item, Result>,
  cached: readonly (Result | undefined)[] | undefined,
): void {
  for (const [position, source] of sources.entries()) {
    const result = cached?.[position]
    if (result === undefined) packer.add(source, items[position] as Item)
    else packer.addCached(source, result)
  }
}

/** The batches of a source. What the source throws comes after all batches before it. */
async function* packed<Source, Item, Result>(
  { groups, groupSize, itemOf }: BatchStream<Source, Item>,
  packer: BatchPacker<Source, Item, Result>,
  { cache }: BatchRun<Item, Result>,
): AsyncGenerator<Batch<Source, Item, Result>, void, undefined> {
  try {
    for await (const sources of groups) {
      const items = sources.map(itemOf)
      pack(sources, items, packer, cache && (await cache.find(items)))
      yield* sources.length < groupSize ? packer.takeAll() : packer.takeFull()
    }
  } catch (error) {
    yield* packer.takeAll()
    throw error
  }
  yield* packer.takeAll()
}

/** Returns the outcomes of a batch; with `onError: 'throw'`, up to the first failure. */
async function deliver<Source, Item, Result>(
  batch: Batch<Source, Item, Result>,
  sender: ItemSender<Item, Result>,
  { codec, cache, observer, onError }: BatchRun<Item, Result>,
): Promise<readonly SourceOutcome<Source, Result>[]> {
  const sent = batch.items.length === 0 ? [] : await sender.send(batch.items)
  if (cache !== undefined) await cache.keep(batch.items, sent)
  const results: SourceOutcome<Source, Result>[] = []
  let failed = 0
  let cached = 0
  for (const [position, outcome] of outcomesOfEntries(batch, sent, codec).entries()) {
    const entry = batch.entries[position] as Batch<Source, Item, Result>['entries'][number]
    if (outcome === undefined) break
    results.push({ source: entry.source, outcome })
    if ('cached' in entry.from) cached++
    if (outcome.error === undefined) continue
    failed++
    if (onError === 'throw') break
  }
  observer?.itemsDone({ items: results.length, failed, cached })
  return results
}

function endsWithFailure<Source, Result>(
  results: readonly SourceOutcome<Source, Result>[],
  { onError }: Pick<BatchRun<never, never>, 'onError'>,
): boolean {
  return onError === 'throw' && results.at(-1)?.outcome.error !== undefined
}

/** @throws {SagemakerError} With `onError: 'throw'` the failure that the results end with. */
function append<Item, Result>(
  outcomes: Outcome<Result>[],
  results: readonly SourceOutcome<Item, Result>[],
  { onError }: Pick<BatchRun<Item, Result>, 'onError'>,
): void {
  for (const { outcome } of results) {
    const failure = outcome.error?.with({ index: outcomes.length })
    if (failure !== undefined && onError === 'throw') throw failure
    outcomes.push(failure === undefined ? outcome : { error: failure })
  }
}
