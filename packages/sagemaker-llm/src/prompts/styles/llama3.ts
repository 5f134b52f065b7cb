import type { PromptTurn } from '../prompt-turns.ts'
import { defaultSystemPrompt } from './default-system-prompt.ts'

/**
 * Llama 3 Instruct and later, without the token at the very beginning, which the container adds.
 *
 * An empty system message leaves the system part out.
 */
export function llama3(turns: readonly PromptTurn[]): string {
  const hasSystem = turns[0]?.role === 'system'
  const complete: readonly PromptTurn[] = hasSystem ? turns : [{ role: 'system', text: defaultSystemPrompt }, ...turns]
  const written = complete.map(({ role, text }) => {
    const content = role === 'system' ? text.trim() : text
    return role === 'system' && content === '' ? '' : `${header(role)}${content}<|eot_id|>\n`
  })
  return `${written.join('')}${header('assistant')}`
}

function header(role: PromptTurn['role']): string {
  return `<|start_header_id|>${role}<|end_header_id|>\n\n`
}
