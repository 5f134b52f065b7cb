import type { ModelPart } from '@x/bedrock-like-types'

/** Events of the container that are passed on as they came, apart from the members that name the answer. */
export interface PassedOn {
  readonly type: 'passed-on'
  /** Server-sent events, with their ends. */
  readonly text: string
}

/** What an event stream is made of. */
export type AnswerPart = ModelPart | PassedOn
