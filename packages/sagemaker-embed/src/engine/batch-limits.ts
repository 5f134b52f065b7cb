import type { EmbeddingLimits } from '../contract/embedding-content-handler.ts'
import type { SizeRefusal } from './size-refusal.ts'

/** The size of one request. */
export interface BatchSize {
  readonly texts: number
  readonly bytes: number
}

/**
 * The most that goes into one request: the smallest of what was configured, what the container's format names, and what
 * the container has refused since. What was learnt holds for all later calls.
 */
export class BatchLimits {
  #maxTexts: number
  #maxBytes: number

  constructor(...limits: readonly EmbeddingLimits[]) {
    this.#maxTexts = Math.min(...limits.map(({ maxTexts }) => maxTexts ?? Number.POSITIVE_INFINITY))
    this.#maxBytes = Math.min(...limits.map(({ maxBytes }) => maxBytes ?? Number.POSITIVE_INFINITY))
  }

  /** Most texts in one request; can be `Infinity`. */
  get maxTexts(): number {
    return this.#maxTexts
  }

  /** Most bytes in the body of one request with more than one text; can be `Infinity`. */
  get maxBytes(): number {
    return this.#maxBytes
  }

  /** Learns from a request that was too large: the limit that the refusal names, or else half of what was sent. */
  learn(refusal: SizeRefusal, sent: BatchSize): void {
    const size = sent[refusal.unit]
    const limit = refusal.maximum !== undefined && refusal.maximum < size ? refusal.maximum : Math.floor(size / 2)
    if (refusal.unit === 'texts') this.#maxTexts = Math.max(1, Math.min(this.#maxTexts, limit))
    else this.#maxBytes = Math.max(1, Math.min(this.#maxBytes, limit))
  }
}
