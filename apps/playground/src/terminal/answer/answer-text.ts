import type { TextOutput } from '../text-output.ts'

/** The text of an answer on its way out: it ends with a line end, added if it is missing, unless it is empty. */
export class AnswerText {
  readonly #output: TextOutput
  #endsLine = true

  constructor(output: TextOutput) {
    this.#output = output
  }

  async write(delta: string): Promise<void> {
    this.#endsLine = delta.endsWith('\n')
    await this.#output.write(this.#output.foreign(delta))
  }

  async end(): Promise<void> {
    if (!this.#endsLine) await this.#output.line()
  }
}
