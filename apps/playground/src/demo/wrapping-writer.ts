/** Where wrapped text is written. */
export interface WrappedOutput {
  /** Columns of a line. Read before each word: a terminal can be resized. */
  readonly width: number
  readonly write: (text: string) => void
  /**
   * Whether it is a terminal, on which the beginning of a word can be taken back.
   *
   * @defaultValue no
   */
  readonly canErase?: boolean
}

/** Writes a text that arrives in fragments, each at once, broken between words and indented. */
export class WrappingWriter {
  readonly #output: WrappedOutput
  readonly #indent: string
  #column: number
  /** What is written of the word at the end of the line. */
  #begun = ''
  /** Whether the line was begun to break a longer one: then spaces at its beginning are left out. */
  #isWrapped = false

  constructor(output: WrappedOutput, indent: string) {
    this.#output = output
    this.#indent = indent
    this.#column = indent.length
    output.write(indent)
  }

  /**
   * Writes a fragment. On a terminal, a word that begins in one fragment and ends in the next moves to the next line as a whole;
   * elsewhere it is broken only when it must be.
   */
  write(fragment: string): void {
    for (const piece of fragment.match(/\n|[^\S\n]+|\S+/g) ?? []) {
      if (piece === '\n') this.#breakLine(false)
      else if (piece.trim() === '') this.#space(piece)
      else this.#word(piece)
    }
  }

  /** Ends the last line. */
  end(): void {
    this.#output.write('\n')
  }

  #word(piece: string): void {
    const { canErase = false, width } = this.#output
    const columns = displayWidth(piece)
    if (this.#column + columns > width && this.#column > this.#indent.length) {
      const begun = displayWidth(this.#begun)
      const start = this.#column - begun
      if (begun === 0) this.#breakLine(true)
      else if (!canErase) this.#breakLine(true)
      else if (start > this.#indent.length && this.#indent.length + begun + columns <= width) {
        const word = this.#begun
        this.#output.write(`\u001B[${begun}D\u001B[K`)
        this.#breakLine(true)
        this.#put(word, begun)
      }
    }
    this.#put(piece, columns)
  }

  #space(space: string): void {
    this.#begun = ''
    if (this.#isWrapped && this.#column === this.#indent.length) return
    const { canErase = false, width } = this.#output
    // Elsewhere than on a terminal, a word that follows in the next fragment should find room on the line where the space stands.
    const room = canErase ? 0 : 12
    const columns = displayWidth(space, this.#column)
    if (this.#column + columns >= width - room) this.#breakLine(true)
    else {
      this.#output.write(space)
      this.#column += columns
    }
  }

  #put(text: string, columns: number): void {
    this.#output.write(text)
    this.#begun += text
    this.#column += columns
    // A word that is longer than a line is broken by the terminal.
    const { width } = this.#output
    if (this.#column > width) {
      this.#column = ((this.#column - 1) % width) + 1
      this.#begun = ''
    }
  }

  #breakLine(isWrapped: boolean): void {
    this.#output.write(`\n${this.#indent}`)
    this.#column = this.#indent.length
    this.#begun = ''
    this.#isWrapped = isWrapped
  }
}

const tabColumns = 8
const zeroWidth = /^[\p{Mn}\p{Me}\p{Cf}]$/u
/** Unicode's wide characters: East Asian scripts with their punctuation and full-width forms, and emoji. */
const wide =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303E\uFF01-\uFF60\uFFE0-\uFFE6]$/u

/**
 * Returns how many columns of a terminal a text takes.
 *
 * @param column - Column at which it begins, for tabs.
 */
export function displayWidth(text: string, column: number = 0): number {
  let columns = 0
  for (const character of text) {
    if (character === '\t') columns += tabColumns - ((column + columns) % tabColumns)
    else if (!zeroWidth.test(character)) columns += wide.test(character) ? 2 : 1
  }
  return columns
}
