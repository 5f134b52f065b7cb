import type { Turn } from '../language/beginning.ts'
import { FieldError, isObject } from '../../answers/json-fields.ts'

/**
 * The text of OpenAI-shaped messages: `content` may be a string, null or a list of parts, of which the text ones count.
 * @throws {FieldError} if they are none.
 */
export function chatTurns(messages: readonly unknown[]): Turn[] {
  return messages.map((message, index) => {
    if (!isObject(message) || typeof message['role'] !== 'string')
      throw new FieldError(`messages[${index}]`, 'a message')
    return { role: message['role'], text: contentText(message['content']) }
  })
}

function contentText(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content
    .filter(isObject)
    .map(({ text }) => (typeof text === 'string' ? text : ''))
    .join('')
}
