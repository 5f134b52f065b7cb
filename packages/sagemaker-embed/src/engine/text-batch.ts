import { Buffer } from 'node:buffer'
import type { SourceText } from './source-text.ts'

/** A text of the batch: with its vector from the cache, or with the place of its text among those that are sent. */
export interface BatchEntry {
  readonly source: SourceText
  readonly cached: Float32Array | undefined
  readonly slot: number | undefined
  /** Whether an equal text came before it in the batch. */
  readonly isDuplicate: boolean
}

/** What JSON adds to a text, at least: quotes and a comma. */
const jsonOverheadBytes = 3

/** Texts that are done together. Equal ones are sent once. */
export class TextBatch {
  readonly entries: BatchEntry[] = []
  /** The texts to send: no duplicates, and none that the cache had. */
  readonly texts: string[] = []
  readonly #slots = new Map<string, number>()
  #bytes = 0

  /** Bytes of the texts to send. */
  get bytes(): number {
    return this.#bytes
  }

  addCached(source: SourceText, cached: Float32Array): void {
    this.entries.push({ source, cached, slot: undefined, isDuplicate: false })
  }

  /** @param text - what is sent for the source's text, with the instruction. */
  add(source: SourceText, text: string): void {
    const slot = this.#slots.get(text)
    this.entries.push({ source, cached: undefined, slot: slot ?? this.texts.length, isDuplicate: slot !== undefined })
    if (slot !== undefined) return
    this.#slots.set(text, this.texts.length)
    this.#bytes += sizeOf(text)
    this.texts.push(text)
  }

  /** Bytes of the batch when it also had this text. */
  bytesWith(text: string): number {
    return this.#slots.has(text) ? this.#bytes : this.#bytes + sizeOf(text)
  }
}

function sizeOf(text: string): number {
  return Buffer.byteLength(text) + jsonOverheadBytes
}
