import type { PromptTurn } from '../prompt-turns.ts'

/** Every turn on a line of its own after the speaker's role, for models without a form of their own. */
export function generic(turns: readonly PromptTurn[]): string {
  return `${turns.map(({ role, text }) => `${role}: ${text}\n`).join('')}assistant: `
}
