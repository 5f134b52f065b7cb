import type { ChatResponse } from '@x/bedrock-like-types'

/** What an answer has to be: members of the response, or the code of the error. */
export interface Expected extends Partial<ChatResponse> {
  readonly code?: string
}

/** What came in one public report, and what it means. */
export interface ReportedAnswer {
  /** A whole answer. */
  readonly whole?: unknown
  /** The values of a stream, without `[DONE]`. */
  readonly values?: readonly unknown[]
  /** A stream as it came. */
  readonly text?: string
  /**
   * What the response says that it is.
   *
   * @defaultValue JSON, or events
   */
  readonly contentType?: string
  readonly expected: Expected
}

export type ReportedAnswers = Readonly<Record<string, ReportedAnswer>>

export const callOf = (id: string, name: string, text: string): object => ({
  id,
  type: 'function',
  function: { name, arguments: text },
})
export const message = (members: object, finish: string | null = 'stop', more: object = {}): object => ({
  id: 'x',
  object: 'chat.completion',
  choices: [{ index: 0, message: { role: 'assistant', content: null, ...members }, finish_reason: finish, ...more }],
})
export const delta = (members: object, finish: string | null = null, more: object = {}): object => ({
  id: 'x',
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta: members, finish_reason: finish, ...more }],
})
