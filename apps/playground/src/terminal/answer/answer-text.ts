import { WrappingWriter } from '../../demo/wrapping-writer.ts'
import type { TextOutput } from '../text-output.ts'

/** Columns of a terminal that does not report them. */
const defaultColumns = 80

/**
 * The text of an answer on its way out: it ends with a line end, added if it is missing, unless it is empty. On a terminal it is
 * broken between words; elsewhere it is written as it is.
 */
export class AnswerText {
  readonly #output: TextOutput
  readonly #wrapping: WrappingWriter | undefined
  #wrapped = ''
  #endsLine = true

  constructor(output: TextOutput) {
    this.#output = output
    const { stream } = output
    if (!output.isTerminal) return
    this.#wrapping = new WrappingWriter(
      {
        get width() {
          return stream.columns || defaultColumns
        },
        canErase: true,
        write: (text) => (this.#wrapped += text),
      },
      '',
    )
  }

  async write(delta: string): Promise<void> {
    this.#endsLine = delta.endsWith('\n')
    const text = this.#output.foreign(delta)
    if (this.#wrapping === undefined) return this.#output.write(text)
    this.#wrapping.write(text)
    const wrapped = this.#wrapped
    this.#wrapped = ''
    await this.#output.write(wrapped)
  }

  async end(): Promise<void> {
    if (!this.#endsLine) await this.#output.line()
  }
}
