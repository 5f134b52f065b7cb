import { alternatingTurns } from '../alternating-turns.ts'
import type { PromptTurn } from '../prompt-turns.ts'
import { withSystemInFirstTurn } from './with-system-in-first-turn.ts'

/**
 * Mistral and Mixtral Instruct, as their maker writes it for the first tokenizer, without the token at the very beginning,
 * which the container adds. A conversation that ends with the assistant is left open, so that the model continues it.
 *
 * Source: docs.mistral.ai, cookbook "Tokenization", "Templates".
 */
export function mistral(all: readonly PromptTurn[]): string {
  const turns = withSystemInFirstTurn(alternatingTurns(all, 'mistral'))
  return turns
    .map(({ role, text }, index) => {
      if (role === 'user') return `[INST] ${text} [/INST]`
      return index === turns.length - 1 ? ` ${text}` : ` ${text}</s> `
    })
    .join('')
}
