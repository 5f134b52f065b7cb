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

/** Full requests that are answered before a limit that was only observed is put to the test for the first time. */
const firstTestAfter = 64

/**
 * The most that goes into one request: the smallest of what was configured, what the container's format defines, and what
 * was learnt from refusals. One object serves all calls of a model, so that every call profits from what one has learnt.
 *
 * A limit that the container states is final. A limit that was only observed, because the same items were accepted in
 * smaller requests, is doubled again after 64 full requests, then after 128 and so on: the container may have failed for another
 * reason.
 */
export class BatchLimits {
  #maxItems: number
  #maxBytes: number
  /** The limit as stated; tests of an observed limit go no further. */
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

  /** Learns from a refusal that says what is too large: the limit that it states, or else half of what was sent. */
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

  /** Learns from a request that was refused, and whose items were all accepted in requests of at most `items`. */
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
