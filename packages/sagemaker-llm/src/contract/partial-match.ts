/** Finds what has to be held back at the end of a text, because the next piece of it may complete one of some needles. */
export class PartialMatcher {
  readonly #needles: readonly string[]
  readonly #longest: number
  readonly #firstCharacters: readonly string[]

  /** @param needles - None of them empty. */
  constructor(needles: readonly string[]) {
    this.#needles = needles
    this.#longest = Math.max(0, ...needles.map((needle) => needle.length - 1))
    this.#firstCharacters = [...new Set(needles.map((needle) => needle.charAt(0)))]
  }

  /** Whether a text could have a needle, or the beginning of one: a quick look that most texts do not pass. */
  mayBeIn(text: string): boolean {
    return this.#firstCharacters.some((character) => text.includes(character))
  }

  /** Length of the longest end of a text with which a needle begins, without being complete. 0 if there is none. */
  heldLength(text: string): number {
    if (!this.mayBeIn(text)) return 0
    for (let start = Math.max(text.length - this.#longest, 0); start < text.length; start++) {
      const end = text.slice(start)
      if (this.#needles.some((needle) => needle.length > end.length && needle.startsWith(end))) return end.length
    }
    return 0
  }
}
