import type { ChatMessage } from '@x/bedrock-like-types'
import { invalidRequest } from '../contract/invalid-request.ts'
import type { MessagesToPromptContext } from './prompt-functions.ts'
import { type PromptStyle, promptStyles } from './prompt-style.ts'
import { promptTurns } from './prompt-turns.ts'

/**
 * Writes a conversation in a named style.
 *
 * @param optionName - names the option that said the style, in errors
 * @throws {SagemakerError} `invalid-request` for a name that is none of the styles, for tools, and for all but text.
 */
export function writeInStyle(
  style: PromptStyle,
  messages: readonly ChatMessage[],
  { tools }: MessagesToPromptContext,
  optionName: string,
): string {
  const write = Object.hasOwn(promptStyles, style) ? promptStyles[style] : undefined
  if (write === undefined) {
    throw invalidRequest(`${optionName}: no such prompt style; there are ${Object.keys(promptStyles).join(', ')}`)
  }
  if (tools.length > 0) {
    throw invalidRequest(
      `tools: the prompt style ${style} has no tools. ` +
        "Use the model's own template instead: messagesToPrompt: chatTemplate(...)",
    )
  }
  return write(promptTurns(messages))
}
