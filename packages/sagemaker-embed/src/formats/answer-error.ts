/** An answer that cannot be read as vectors. The message names shapes and members, never texts or numbers. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError'
}
