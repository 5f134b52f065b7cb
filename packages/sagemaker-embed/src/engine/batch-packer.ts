import type { BatchLimits } from './batch-limits.ts'
import type { SourceText } from './source-text.ts'
import { TextBatch } from './text-batch.ts'

/** How many texts a batch may hold for each one that could be sent: bounds what duplicates and cached texts pile up. */
const maxEntriesPerText = 16

/** Packs texts into batches within the limits, in order. A text that is larger than the limit gets a batch of its own. */
export class BatchPacker {
  readonly #limits: BatchLimits
  #batch = new TextBatch()
  readonly #full: TextBatch[] = []

  constructor(limits: BatchLimits) {
    this.#limits = limits
  }

  addCached(source: SourceText, vector: Float32Array): void {
    this.#batch.addCached(source, vector)
    this.#passOnIfFull()
  }

  /** @param text - what is sent for the source's text, with the instruction. */
  add(source: SourceText, text: string): void {
    if (this.#batch.texts.length > 0 && this.#batch.bytesWith(text) > this.#limits.maxBytes) this.#passOn()
    this.#batch.add(source, text)
    this.#passOnIfFull()
  }

  /** The batches that are full. */
  takeFull(): TextBatch[] {
    return this.#full.splice(0)
  }

  /** All batches, the last one as it is. */
  takeAll(): TextBatch[] {
    if (this.#batch.entries.length > 0) this.#passOn()
    return this.takeFull()
  }

  #passOnIfFull(): void {
    const { texts, entries } = this.#batch
    const { maxTexts } = this.#limits
    if (texts.length >= maxTexts || entries.length >= maxTexts * maxEntriesPerText) this.#passOn()
  }

  #passOn(): void {
    this.#full.push(this.#batch)
    this.#batch = new TextBatch()
  }
}
