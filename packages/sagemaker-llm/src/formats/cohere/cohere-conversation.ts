import type { ToolResultBlock, ToolUseBlock } from '@x/bedrock-like-types'
import { isJsonObject } from '@x/sagemaker-endpoint/model-kit'
import { invalidRequest } from '../../contract/invalid-request.ts'
import type { ModelMessage } from '../../contract/model-call.ts'
import { type PlainMessage, plainMessages, toolResultText } from '../../contract/message-content.ts'

/** A conversation in Cohere's form. */
export interface CohereConversation {
  readonly message: string
  readonly chat_history?: readonly object[] | undefined
  readonly preamble?: string | undefined
  readonly tool_results?: readonly object[] | undefined
}

const roles: Readonly<Record<PlainMessage['role'], string>> = { user: 'USER', assistant: 'CHATBOT', system: 'SYSTEM' }

/**
 * Writes a conversation as Cohere's chat API v1 wants it: the last question of the user as `message`, all turns before it as
 * `chat_history`, a system message at the start as `preamble`, and the results of the tools that were called since that question
 * as `tool_results`, each with its call.
 *
 * @throws {SagemakerError} `invalid-request` for blocks that are not text or tools, and for a conversation that ends otherwise.
 */
export function cohereConversation(messages: readonly ModelMessage[], handlerName: string): CohereConversation {
  const questionAt = messages.findLastIndex((message) => message.role === 'user' && !isToolMessage(message))
  if (questionAt === -1) throw invalidRequest(`messages: ${handlerName} needs a message of the user`)
  const since = messages.slice(questionAt + 1)
  if (!since.every(isToolMessage))
    throw invalidRequest(`messages: for ${handlerName} the last message has to be the user's`)
  const [first, ...others] = plainMessages(
    messages.slice(0, questionAt + 1).filter((message) => !isToolMessage(message)),
    handlerName,
  )
  const isPreamble = first?.role === 'system'
  const turns = isPreamble || first === undefined ? others : [first, ...others]
  const history = turns.slice(0, -1).map(({ role, content }) => ({ role: roles[role], message: content }))
  return {
    message: turns.at(-1)?.content ?? '',
    chat_history: history.length > 0 ? history : undefined,
    preamble: isPreamble ? first.content : undefined,
    tool_results: since.length > 0 ? toolResults(since) : undefined,
  }
}

function isToolMessage({ content }: ModelMessage): boolean {
  return content.some((block) => block.toolUse !== undefined || block.toolResult !== undefined)
}

function toolResults(messages: readonly ModelMessage[]): readonly object[] {
  const blocks = messages.flatMap((message) => message.content)
  const calls = new Map(blocks.flatMap(({ toolUse }) => (toolUse === undefined ? [] : [[toolUse.toolUseId, toolUse]])))
  return blocks.flatMap(({ toolResult }) => {
    if (toolResult === undefined) return []
    const call = calls.get(toolResult.toolUseId)
    if (call === undefined) throw invalidRequest('toolResult: there is no toolUse with its toolUseId before it')
    return [{ call: cohereCall(call), outputs: outputs(toolResult) }]
  })
}

function cohereCall({ name, input }: ToolUseBlock): object {
  return { name, parameters: input ?? {} }
}

/** Cohere wants objects: text becomes `{ result: text }`. */
function outputs(result: ToolResultBlock): readonly object[] {
  const objects = (result.content ?? []).map((block) => block.json).filter(isJsonObject)
  return objects.length > 0 && objects.length === result.content?.length
    ? objects
    : [{ result: toolResultText(result) }]
}
