import { type AnswerDelta, incompleteStream } from './answer.ts'
import type { AnswerReader } from './content-handler.ts'

/**
 * Chooses how to read a stream by its first value that says so.
 *
 * @param choose - The reader for a stream in which `value` stands; `undefined` if the value does not tell.
 */
export class FirstValueReader implements AnswerReader {
  readonly #choose: (value: unknown) => AnswerReader | undefined
  #reader: AnswerReader | undefined
  #sawValue = false

  constructor(choose: (value: unknown) => AnswerReader | undefined) {
    this.#choose = choose
  }

  push(value: unknown): readonly AnswerDelta[] {
    this.#sawValue = true
    this.#reader ??= this.#choose(value)
    return this.#reader?.push(value) ?? [{ type: 'foreign' }]
  }

  get isDone(): boolean {
    return this.#reader?.isDone === true
  }

  end(): readonly AnswerDelta[] {
    if (this.#reader !== undefined) return this.#reader.end()
    return [
      this.#sawValue ? incompleteStream('foreign', 'value in a known format') : incompleteStream('nothing', 'a value'),
    ]
  }
}
