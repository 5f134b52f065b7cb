import type { ChatMessage } from '@x/bedrock-like-types'
import { invalidRequest } from '../contract/invalid-request.ts'
import type { ModelMessage } from '../contract/model-call.ts'

/**
 * Messages in the one form that content handlers get: content as blocks, tool results within user messages.
 *
 * @throws {SagemakerError} `invalid-request` for no messages, or one without a role or content.
 */
export function modelMessages(messages: readonly ChatMessage[]): readonly ModelMessage[] {
  if (messages.length === 0) throw invalidRequest('messages: a conversation needs at least one message')
  return messages.map((message, index) => {
    if (message.role === 'tool') {
      const { toolCallId, content } = message
      return { role: 'user', content: [{ toolResult: { toolUseId: toolCallId, content: [{ text: content }] } }] }
    }
    const { role, content } = message
    if (role === undefined || content === undefined)
      throw invalidRequest(`messages[${index}]: role or content is missing`)
    return { role, content: typeof content === 'string' ? [{ text: content }] : content }
  })
}
