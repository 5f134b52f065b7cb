import type { Terminal } from './terminal.ts'

/** Writes a text that arrives in fragments, each at once, broken between words and indented. */
export class WrappingWriter {
  readonly #terminal: Pick<Terminal, 'write'>
  readonly #indent: string
  readonly #width: number
  #column: number

  constructor(terminal: Pick<Terminal, 'write' | 'width'>, indent: string) {
    this.#terminal = terminal
    this.#indent = indent
    this.#width = terminal.width
    this.#column = indent.length
    terminal.write(indent)
  }

  /** Writes a fragment. A word that begins in one fragment and ends in the next is broken only when it must be. */
  write(fragment: string): void {
    for (const piece of fragment.match(/\n|[^\S\n]+|\S+/g) ?? []) {
      if (piece === '\n') this.#breakLine()
      else if (piece.trim() === '') this.#space(piece)
      else this.#word(piece)
    }
  }

  /** Ends the last line. */
  end(): void {
    this.#terminal.write('\n')
  }

  #word(word: string): void {
    if (this.#column + word.length > this.#width && this.#column > this.#indent.length) this.#breakLine()
    this.#terminal.write(word)
    this.#column += word.length
  }

  #space(space: string): void {
    if (this.#column === this.#indent.length) return
    // A word that follows in the next fragment should find room on the line where the space stands.
    if (this.#column + space.length >= this.#width - 12) this.#breakLine()
    else {
      this.#terminal.write(space)
      this.#column += space.length
    }
  }

  #breakLine(): void {
    this.#terminal.write(`\n${this.#indent}`)
    this.#column = this.#indent.length
  }
}
