import type { BatchCodec } from './batch-codec.ts'
import type { BatchLimits } from './batch-limits.ts'
import type { Outcome, Outcomes } from './outcome.ts'

/** Items that share a request, in the order of their sources. */
export interface Batch<Source, Item, Result> {
  readonly entries: readonly BatchEntry<Source, Result>[]
  /** The items to send, without duplicates and cached ones. */
  readonly items: readonly Item[]
}

/** An item of a batch, as its source gave it. */
export interface BatchEntry<Source, Result> {
  readonly source: Source
  /** The cached result, or the position in `items`. */
  readonly from: { readonly cached: Result } | { readonly position: number; readonly isDuplicate: boolean }
}

/** Most entries per item to send: bounds how many duplicates and cached items collect in a batch that is not full. */
const maxEntriesPerItem = 16

/** Packs items into batches within the limits, in order. An item larger than the limit gets its own batch. */
export class BatchPacker<Source, Item, Result> {
  readonly #limits: BatchLimits
  readonly #codec: BatchCodec<Item, Result>
  readonly #full: Batch<Source, Item, Result>[] = []
  #entries: BatchEntry<Source, Result>[] = []
  #items: Item[] = []
  #bytes = 0
  readonly #positions = new Map<string, number>()

  constructor(limits: BatchLimits, codec: BatchCodec<Item, Result>) {
    this.#limits = limits
    this.#codec = codec
  }

  addCached(source: Source, cached: Result): void {
    this.#entries.push({ source, from: { cached } })
    this.#passOnIfFull()
  }

  add(source: Source, item: Item): void {
    const key = this.#codec.keyOf?.(item)
    const same = key === undefined ? undefined : this.#positions.get(key)
    if (same === undefined) {
      this.#send(source, item, key)
    } else {
      this.#entries.push({ source, from: { position: same, isDuplicate: true } })
    }
    this.#passOnIfFull()
  }

  /** Removes and returns the batches that are full. */
  takeFull(): Batch<Source, Item, Result>[] {
    return this.#full.splice(0)
  }

  /** Removes and returns all batches; the last one may not be full. */
  takeAll(): Batch<Source, Item, Result>[] {
    if (this.#entries.length > 0) this.#passOn()
    return this.takeFull()
  }

  #send(source: Source, item: Item, key: string | undefined): void {
    const bytes = this.#codec.sizeOf(item)
    if (this.#isSplittable && this.#items.length > 0 && this.#bytes + bytes > this.#limits.maxBytes) this.#passOn()
    const position = this.#items.length
    this.#entries.push({ source, from: { position, isDuplicate: false } })
    this.#items.push(item)
    this.#bytes += bytes
    if (key !== undefined) this.#positions.set(key, position)
  }

  get #isSplittable(): boolean {
    return this.#codec.splittable ?? true
  }

  #passOnIfFull(): void {
    if (!this.#isSplittable) return
    const { maxItems } = this.#limits
    if (this.#items.length >= maxItems || this.#entries.length >= maxItems * maxEntriesPerItem) this.#passOn()
  }

  #passOn(): void {
    this.#full.push({ entries: this.#entries, items: this.#items })
    this.#entries = []
    this.#items = []
    this.#bytes = 0
    this.#positions.clear()
  }
}

/** The outcome of each entry of a batch, from those of the items that were sent. Duplicates get copies. */
export function outcomesOfEntries<Source, Item, Result>(
  { entries }: Batch<Source, Item, Result>,
  sent: Outcomes<Result>,
  codec: BatchCodec<Item, Result>,
): Outcomes<Result> {
  return entries.map(({ from }): Outcome<Result> | undefined => {
    if ('cached' in from) return { result: from.cached }
    const outcome = sent[from.position]
    if (!from.isDuplicate || outcome?.result === undefined || codec.copy === undefined) return outcome
    return { result: codec.copy(outcome.result) }
  })
}
