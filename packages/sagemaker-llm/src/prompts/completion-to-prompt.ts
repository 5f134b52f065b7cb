import type { ChatMessage } from '@x/bedrock-like-types'
import { messagesToPromptFunction } from './messages-to-prompt.ts'
import type { CompletionToPrompt } from './prompt-functions.ts'
import type { PromptStyle } from './prompt-style.ts'

/**
 * The function behind the option `completionToPrompt`: a function as it is; a style by its name writes the prompt as a
 * conversation of one user message; without the option the system prompt stands before the prompt.
 *
 * What it returns for a name rejects with the `SagemakerError`s of `writeInStyle`.
 */
export function completionToPromptFunction(option: CompletionToPrompt | PromptStyle | undefined): CompletionToPrompt {
  if (typeof option === 'function') return option
  if (option === undefined)
    return (prompt, { systemPrompt }) => (systemPrompt ? `${systemPrompt}\n\n${prompt}` : prompt)
  const write = messagesToPromptFunction(option, 'completionToPrompt')
  return (prompt, { systemPrompt }) => {
    const system: readonly ChatMessage[] = systemPrompt === undefined ? [] : [{ role: 'system', content: systemPrompt }]
    return write([...system, { role: 'user', content: prompt }], { tools: [] })
  }
}
