/**
 * Cuts a growing text off before the first stop sequence, as vLLM does: text that may be the beginning of a stop sequence is held
 * back until it is clear that it is not.
 */
export class StopFilter {
  readonly #sequences: readonly string[]
  #held = ''
  /** The stop sequence that was found. */
  matched: string | undefined

  constructor(sequences: readonly string[]) {
    this.#sequences = sequences.filter((sequence) => sequence !== '')
  }

  /** Adds text; returns what is certain to be part of the answer. After a match nothing more is. */
  push(text: string): string {
    if (this.matched !== undefined) return ''
    this.#held += text
    const found = this.#sequences
      .map((sequence) => ({ sequence, index: this.#held.indexOf(sequence) }))
      .filter(({ index }) => index >= 0)
      .sort((a, b) => a.index - b.index)[0]
    if (found) {
      this.matched = found.sequence
      return this.#held.slice(0, found.index)
    }
    return this.#release(this.#held.length - this.#possibleBeginning())
  }

  /** The text that was held back, when there is no more to come. */
  end(): string {
    return this.matched === undefined ? this.#release(this.#held.length) : ''
  }

  #release(length: number): string {
    const released = this.#held.slice(0, length)
    this.#held = this.#held.slice(length)
    return released
  }

  /** Length of the longest end of the held text with which a stop sequence could begin. */
  #possibleBeginning(): number {
    const longest = Math.max(0, ...this.#sequences.map((sequence) => sequence.length - 1))
    for (let length = Math.min(longest, this.#held.length); length > 0; length--) {
      const ending = this.#held.slice(-length)
      if (this.#sequences.some((sequence) => sequence.startsWith(ending))) return length
    }
    return 0
  }
}
