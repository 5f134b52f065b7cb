import type { SizeRefusal } from './refusals.ts'

/** The most that goes into one request; `undefined` for no known limit. */
export interface BatchSizeLimits {
  readonly maxItems?: number | undefined
  /** Bytes of the body. A single item may be larger. */
  readonly maxBytes?: number | undefined
}

/** The size of one request. */
export interface BatchSize {
  readonly items: number
  readonly bytes: number
}

/** Full requests after which an observed limit is tested for the first time. */
const firstTestAfter = 64

/**
 * The largest request to send: the lowest of the configured limits, those of the container's format, and those learnt from
 * refusals. All calls of a model share one object, so that every call uses what others have learnt.
 *
 * A limit that the container states is final. A limit that was only observed, because the same items were accepted in smaller
 * requests, is doubled again after 64 full requests, then after 128, and so on: the container may have failed for another reason.
 */
export class BatchLimits {
  #maxItems: number
  #maxBytes: number
  /** The limit as configured or stated; an observed limit is never raised above it. */
  #statedItems: number
  #patience = firstTestAfter
  #fullRequestsUntilTest = firstTestAfter

  constructor(...limits: readonly BatchSizeLimits[]) {
    this.#maxItems = Math.min(...limits.map(({ maxItems }) => maxItems ?? Number.POSITIVE_INFINITY))
    this.#maxBytes = Math.min(...limits.map(({ maxBytes }) => maxBytes ?? Number.POSITIVE_INFINITY))
    this.#statedItems = this.#maxItems
  }

  /** Most items in one request; can be `Infinity`. */
  get maxItems(): number {
    return this.#maxItems
  }

  /** Most bytes in the body of one request with more than one item; can be `Infinity`. */
  get maxBytes(): number {
    return this.#maxBytes
  }

  isExceededBy({ items, bytes }: BatchSize): boolean {
    return items > this.#maxItems || (bytes > this.#maxBytes && items > 1)
  }

  /** Lowers a limit after a refusal for size: to the limit that it states, or to half of what was sent. */
  learnFromRefusal(refusal: SizeRefusal, sent: BatchSize): void {
    const size = sent[refusal.unit]
    const limit = refusal.maximum !== undefined && refusal.maximum < size ? refusal.maximum : Math.floor(size / 2)
    if (refusal.unit === 'bytes') {
      this.#maxBytes = Math.max(1, Math.min(this.#maxBytes, limit))
    } else {
      this.#maxItems = Math.max(1, Math.min(this.#maxItems, limit))
      this.#statedItems = this.#maxItems
    }
  }

  /** Lowers the limit after a refused request whose items were all accepted in requests of at most `items`. */
  learnFromParts(items: number): void {
    if (items >= this.#maxItems) return
    this.#maxItems = items
    this.#fullRequestsUntilTest = this.#patience
    this.#patience *= 2
  }

  /** Notes that a request of this many items was answered. */
  noteAnswered(items: number): void {
    if (items < this.#maxItems || this.#maxItems >= this.#statedItems) return
    this.#fullRequestsUntilTest--
    if (this.#fullRequestsUntilTest > 0) return
    this.#maxItems = Math.min(this.#statedItems, this.#maxItems * 2)
    this.#fullRequestsUntilTest = this.#patience
  }
}
