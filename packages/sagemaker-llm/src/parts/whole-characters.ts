/**
 * Keeps surrogate pairs together, wherever a text is cut into pieces: the first half of a pair waits for the second. A half
 * without the other becomes U+FFFD.
 */
export class WholeCharacters {
  #held = ''

  /** Takes the next piece and returns what is whole now. */
  push(piece: string): string {
    const text = this.#held + piece
    this.#held = ''
    const last = text.charCodeAt(text.length - 1)
    if (last < 0xd800 || last > 0xdbff) return wellFormed(text)
    this.#held = text.slice(-1)
    return wellFormed(text.slice(0, -1))
  }

  /** Ends the text and returns what was held back. */
  end(): string {
    const held = wellFormed(this.#held)
    this.#held = ''
    return held
  }
}

const lonelySurrogate = /\p{Surrogate}/u

/** As `String.prototype.toWellFormed`, which the browsers and compilers that are supported do not all know. */
function wellFormed(text: string): string {
  return lonelySurrogate.test(text) ? text.replaceAll(/\p{Surrogate}/gu, '\uFFFD') : text
}
