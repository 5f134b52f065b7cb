import { Column } from './column.ts'
import type { IdDigest } from './row-digest.ts'

/**
 * State of a row.
 *
 * - `new`: not sent yet
 * - `submitted`: it may have been sent
 * - `done`: it has an output
 * - `failed`: it would fail again; `retryable`: it may succeed when the job is resumed
 * - `expired`: no answer came within the deadline
 */
export type RowState = 'new' | 'submitted' | 'done' | 'failed' | 'retryable' | 'expired'

const states: readonly RowState[] = ['new', 'submitted', 'done', 'failed', 'retryable', 'expired']
const stateBits = 3
const maxAttempt = 31
/** The table of ids grows when it is fuller than this. */
const maxLoad = 0.8

/**
 * What is known of each row, in at most 32 bytes: 8 of the digest of its id, 4 of the digest of the row, 1 of state and attempt, and 5
 * to 15 in the table by which ids are found.
 */
export class RowTable {
  readonly #idHigh = new Column((length) => new Uint32Array(length))
  readonly #idLow = new Column((length) => new Uint32Array(length))
  readonly #digests = new Column((length) => new Uint32Array(length))
  readonly #states = new Column((length) => new Uint8Array(length))
  readonly #counts = new Map<RowState, number>()
  /** Open addressing; a slot holds an index plus one. */
  #slots = new Uint32Array(1024)
  #ids = 0
  #length = 0

  /** One more than the highest index on record. */
  get length(): number {
    return this.#length
  }

  /** Memory of the table, in bytes. */
  get byteLength(): number {
    const columns = [this.#idHigh, this.#idLow, this.#digests, this.#states]
    return columns.reduce((sum, { byteLength }) => sum + byteLength, this.#slots.byteLength)
  }

  /** How many rows are in a state. Not for `new`. */
  count(state: Exclude<RowState, 'new'>): number {
    return this.#counts.get(state) ?? 0
  }

  stateOf(index: number): RowState {
    return states[this.#states.get(index) & ((1 << stateBits) - 1)] ?? 'new'
  }

  /** The attempt of the last record, at most 31; 0 for a row without one. */
  attemptOf(index: number): number {
    return this.#states.get(index) >> stateBits
  }

  /** The digest on record; `undefined` for a row without one. */
  digestOf(index: number): number | undefined {
    return this.attemptOf(index) === 0 ? undefined : this.#digests.get(index)
  }

  /**
   * Records a state of a row. An output is final. A failure or a submission counts if it is not of an earlier attempt than the record.
   *
   * @returns whether the record has changed: `false` for repeated and late news.
   */
  record(index: number, state: Exclude<RowState, 'new'>, attempt: number, digest: number): boolean {
    const before = this.stateOf(index)
    const attemptBefore = this.attemptOf(index)
    const bounded = Math.min(attempt, maxAttempt)
    if (before === 'done' || bounded < 1) return false
    if (state !== 'done') {
      if (bounded < attemptBefore) return false
      if (bounded === attemptBefore && before !== 'submitted' && before !== 'new') return false
      if (state === before && bounded === attemptBefore) return false
    }
    if (before !== 'new') this.#counts.set(before, (this.#counts.get(before) ?? 0) - 1)
    this.#counts.set(state, (this.#counts.get(state) ?? 0) + 1)
    this.#states.set(index, states.indexOf(state) | (Math.max(bounded, attemptBefore) << stateBits))
    this.#digests.set(index, digest)
    this.#length = Math.max(this.#length, index + 1)
    return true
  }

  /** Makes rows `new` that may succeed when they are sent again, with the next attempt. */
  reopen(): void {
    for (let index = 0; index < this.#length; index++) {
      const state = this.stateOf(index)
      if (state !== 'retryable' && state !== 'expired') continue
      this.#counts.set(state, this.count(state) - 1)
      this.#states.set(index, Math.min(this.attemptOf(index) + 1, maxAttempt) << stateBits)
    }
  }

  /**
   * Claims an id for a row.
   *
   * @returns the row that has the id: this one, or an earlier one.
   */
  claim(index: number, id: IdDigest): number {
    if (this.#ids + 1 > this.#slots.length * maxLoad) this.#grow()
    const slot = this.#slotOf(id)
    const found = this.#slots[slot] ?? 0
    if (found !== 0) return found - 1
    this.#slots[slot] = index + 1
    this.#idHigh.set(index, id.high)
    this.#idLow.set(index, id.low)
    this.#ids++
    return index
  }

  /** The slot that holds an id, or the free one where it belongs. */
  #slotOf({ high, low }: IdDigest): number {
    const { length } = this.#slots
    for (let slot = low % length; ; slot = (slot + 1) % length) {
      const found = this.#slots[slot] ?? 0
      if (found === 0) return slot
      if (this.#idLow.get(found - 1) === low && this.#idHigh.get(found - 1) === high) return slot
    }
  }

  #grow(): void {
    const before = this.#slots
    this.#slots = new Uint32Array(before.length * 2)
    for (const found of before) {
      if (found === 0) continue
      const index = found - 1
      this.#slots[this.#slotOf({ high: this.#idHigh.get(index), low: this.#idLow.get(index) })] = found
    }
  }
}
