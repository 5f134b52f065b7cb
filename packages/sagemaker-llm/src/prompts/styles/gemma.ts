import { alternatingTurns } from '../alternating-turns.ts'
import type { PromptTurn } from '../prompt-turns.ts'
import { withSystemInFirstTurn } from './with-system-in-first-turn.ts'

/**
 * Gemma, without the token at the very beginning, which the container adds.
 *
 * Source: the model cards of google/gemma-7b-it and google/gemma-3-4b-it.
 */
export function gemma(all: readonly PromptTurn[]): string {
  const turns = withSystemInFirstTurn(alternatingTurns(all, 'gemma')).map(
    ({ role, text }) => `<start_of_turn>${role === 'user' ? 'user' : 'model'}\n${text.trim()}<end_of_turn>\n`,
  )
  return `${turns.join('')}<start_of_turn>model\n`
}
