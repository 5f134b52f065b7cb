import { type Answer, type AnswerDelta, answerDeltas, incompleteStream } from './answer.ts'
import type { AnswerReader } from './content-handler.ts'

/** Reads the stream of a container that does not stream: one whole document, whatever was asked for. */
export class DocumentReader implements AnswerReader {
  readonly #answer: (body: unknown) => Answer
  #sawDocument = false

  /** @param answer - Reads the document. */
  constructor(answer: (body: unknown) => Answer) {
    this.#answer = answer
  }

  /** Keeps one value of the document; nothing is known before its end. */
  push(value: unknown): readonly AnswerDelta[] {
    if (typeof value === 'symbol') return []
    this.#sawDocument = true
    return answerDeltas(this.#answer(value))
  }

  /** What the document says, once it is complete. */
  end(): readonly AnswerDelta[] {
    return this.#sawDocument ? [] : [incompleteStream('nothing', 'an answer')]
  }
}
