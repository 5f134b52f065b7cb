import { alternatingTurns } from '../alternating-turns.ts'
import type { PromptTurn } from '../prompt-turns.ts'
import { defaultSystemPrompt } from './default-system-prompt.ts'

/**
 * Llama 2 Chat. A conversation that ends with the assistant is left open, so that the model continues it.
 *
 * An empty system message leaves the system part out.
 */
export function llama2(all: readonly PromptTurn[]): string {
  const { system = defaultSystemPrompt, turns } = alternatingTurns(all, 'llama2')
  const instructions = system.trim()
  const systemPart = instructions === '' ? '' : `<<SYS>>\n ${instructions} \n<</SYS>>\n\n `
  return turns
    .map(({ role, text }, index) => {
      if (role === 'user') return `<s> [INST] ${index === 0 ? systemPart : ''}${text} [/INST]`
      return index === turns.length - 1 ? ` ${text}` : ` ${text} </s>`
    })
    .join('')
}
