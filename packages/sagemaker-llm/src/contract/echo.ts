/** A whole text without the prompt before it, if and only if it begins with all of it. */
export function withoutEcho(text: string, prompt: string | undefined): string {
  return prompt !== undefined && text.startsWith(prompt) ? text.slice(prompt.length) : text
}

/**
 * Removes the prompt from the start of a text, if and only if the text starts with all of it.
 *
 * For containers that may send the prompt back before what they generate. What differs from the prompt, even in its last
 * character, is an answer and is given out unchanged.
 */
export class EchoRemover {
  readonly #prompt: string
  /** How much of the prompt has come back so far; `undefined` once that question is settled. */
  #echoed: number | undefined

  constructor(prompt: string) {
    this.#prompt = prompt
    this.#echoed = prompt === '' ? undefined : 0
  }

  /** Takes the next piece of text and returns what can be shown of it now. */
  push(piece: string): string {
    if (this.#echoed === undefined) return piece
    const missing = this.#prompt.length - this.#echoed
    if (piece.length < missing && this.#prompt.startsWith(piece, this.#echoed)) {
      this.#echoed += piece.length
      return ''
    }
    const rest = this.#prompt.slice(this.#echoed)
    const shown = piece.startsWith(rest) ? piece.slice(rest.length) : this.end() + piece
    this.#echoed = undefined
    return shown
  }

  /** Ends the text and returns what was held back: the beginning of the prompt, if nothing more than that has come. */
  end(): string {
    const held = this.#prompt.slice(0, this.#echoed ?? 0)
    this.#echoed = undefined
    return held
  }
}
