import type { MessagesToPrompt } from './prompt-functions.ts'
import type { PromptStyle } from './prompt-style.ts'

/**
 * The function behind the option `messagesToPrompt`: a function as it is, a style by its name. The styles are loaded by the
 * first call to one, so that whoever names none does not pay for them.
 *
 * What it returns for a name rejects with the `SagemakerError`s of `writeInStyle`.
 */
export function messagesToPromptFunction(
  option: MessagesToPrompt | PromptStyle,
  optionName = 'messagesToPrompt',
): MessagesToPrompt {
  if (typeof option === 'function') return option
  return async (messages, context) => {
    const { writeInStyle } = await import('./write-in-style.ts')
    return writeInStyle(option, messages, context, optionName)
  }
}
