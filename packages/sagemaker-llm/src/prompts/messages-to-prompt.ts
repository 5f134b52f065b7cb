import { invalidRequest } from '../handlers/invalid-request.ts'
import type { MessagesToPrompt } from './prompt-functions.ts'
import { type PromptStyle, promptStyles } from './prompt-style.ts'
import { promptTurns } from './prompt-turns.ts'

/**
 * The function behind the option `messagesToPrompt`: a function as it is, a style by its name.
 *
 * @throws {SagemakerError} `invalid-request` for a name that is none of the styles.
 */
export function messagesToPromptFunction(
  option: MessagesToPrompt | PromptStyle,
  optionName = 'messagesToPrompt',
): MessagesToPrompt {
  if (typeof option === 'function') return option
  const write = Object.hasOwn(promptStyles, option) ? promptStyles[option] : undefined
  if (write === undefined) {
    throw invalidRequest(`${optionName}: no such prompt style; there are ${Object.keys(promptStyles).join(', ')}`)
  }
  return (messages, { tools }) => {
    if (tools.length > 0) {
      throw invalidRequest(
        `tools: the prompt style ${option} has no tools. ` +
          "Use the model's own template instead: messagesToPrompt: chatTemplate(...)",
      )
    }
    return write(promptTurns(messages))
  }
}
