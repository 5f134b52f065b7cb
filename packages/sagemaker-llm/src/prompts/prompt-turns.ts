import type { ChatMessage, ContentBlock } from '@x/bedrock-like-types'
import { invalidRequest } from '../contract/invalid-request.ts'

/** One turn of a conversation that is text and nothing else. */
export interface PromptTurn {
  readonly role: 'system' | 'user' | 'assistant'
  readonly text: string
}

/**
 * The conversation as plain text. Reasoning of earlier turns is left out, as the models' own templates do.
 *
 * @throws {SagemakerError} `invalid-request` that names a content block which is not text.
 */
export function promptTurns(messages: readonly ChatMessage[]): readonly PromptTurn[] {
  return messages.map(({ role, content = [] }) => {
    if (role === 'tool') throw notText('tool message')
    if (role === undefined) throw invalidRequest('messages: role is missing')
    if (typeof content === 'string') return { role, text: content }
    return { role, text: content.flatMap(textOf).join(role === 'assistant' ? '' : '\n') }
  })
}

function textOf(block: ContentBlock): string | readonly [] {
  if (block.text !== undefined) return block.text
  if (block.reasoningContent !== undefined) return []
  const [member = 'empty block'] = Object.entries(block).find(([, value]) => value !== undefined) ?? []
  throw notText(member)
}

function notText(member: string): Error {
  return invalidRequest(
    `messages: a ${member} cannot be written in a named prompt style, only text can. ` +
      "Use the model's own template instead: messagesToPrompt: chatTemplate(...)",
  )
}
