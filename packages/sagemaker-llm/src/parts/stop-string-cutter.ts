import { PartialMatcher } from '../contract/partial-match.ts'

/**
 * Ends a text before the first of the given stop strings, wherever it is cut into pieces.
 *
 * Containers disagree: TGI leaves the stop string at the end of the text, vLLM and SGLang take it away, script-based
 * containers do not know stop strings at all. Behind this class they are alike: the text contains no stop string.
 * Stop strings are compared as they are; they are not patterns.
 */
export class StopStringCutter {
  readonly #stops: readonly string[]
  readonly #matcher: PartialMatcher
  /** What may be the beginning of a stop string: always shorter than the longest of them. */
  #held = ''
  #matched: string | undefined

  constructor(stops: readonly string[]) {
    this.#stops = stops
    this.#matcher = new PartialMatcher(stops)
  }

  /** The stop string at which the text was cut; `undefined` while none was seen. */
  get matched(): string | undefined {
    return this.#matched
  }

  /** Takes the next piece and returns what can be shown of the text now. Nothing after a stop string. */
  push(piece: string): string {
    if (this.#stops.length === 0) return piece
    if (this.#matched !== undefined) return ''
    const text = this.#held + piece
    let cut = -1
    for (const stop of this.#stops) {
      const index = text.indexOf(stop)
      if (index !== -1 && (cut === -1 || index < cut)) {
        cut = index
        this.#matched = stop
      }
    }
    const shown = cut === -1 ? text.length - this.#matcher.heldLength(text) : cut
    this.#held = cut === -1 ? text.slice(shown) : ''
    return text.slice(0, shown)
  }

  /** Ends the text and returns what was held back. */
  end(): string {
    const held = this.#held
    this.#held = ''
    return held
  }
}
