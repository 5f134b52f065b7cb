import type { AlternatingTurns } from '../alternating-turns.ts'
import type { PromptTurn } from '../prompt-turns.ts'

/** For models without a system role: what the system says stands before the first user message, as their makers advise. */
export function withSystemInFirstTurn({ system, turns }: AlternatingTurns): readonly PromptTurn[] {
  if (system === undefined || system === '') return turns
  return turns.map((turn, index) => (index === 0 ? { ...turn, text: `${system}\n\n${turn.text}` } : turn))
}
