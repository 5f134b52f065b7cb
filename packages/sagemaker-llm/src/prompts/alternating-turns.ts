import { invalidRequest } from '../contract/invalid-request.ts'
import type { PromptTurn } from './prompt-turns.ts'

/** A conversation in which user and assistant take turns, beginning with the user. */
export interface AlternatingTurns {
  /** The system messages at the beginning, separated by a blank line; `undefined` without one. */
  readonly system: string | undefined
  /** User, assistant, user, ... */
  readonly turns: readonly PromptTurn[]
}

/**
 * Takes the system messages off the beginning, for styles that know no others.
 *
 * @throws {SagemakerError} `invalid-request` when user and assistant do not take turns.
 */
export function alternatingTurns(all: readonly PromptTurn[], style: string): AlternatingTurns {
  const firstTurn = all.findIndex((turn) => turn.role !== 'system')
  const leading = firstTurn < 0 ? all : all.slice(0, firstTurn)
  const turns = all.slice(leading.length)
  const inTurn = turns.every((turn, index) => turn.role === (index % 2 === 0 ? 'user' : 'assistant'))
  if (turns.length === 0 || !inTurn) {
    throw invalidRequest(
      `messages: the prompt style ${style} wants user and assistant in turn, beginning with user, after the system messages`,
    )
  }
  return { system: leading.length === 0 ? undefined : leading.map((turn) => turn.text).join('\n\n'), turns }
}
