import { createHash } from 'node:crypto'
import type { ChatMessage, ContentBlock, ToolResultBlock } from '@x/bedrock-like-types'
import { invalidRequest } from '../contract/invalid-request.ts'
import { memberOf, toolResultText } from '../contract/message-content.ts'

/** A tool call in the form that chat templates are written for. */
export interface TemplateToolCall {
  readonly id: string
  readonly type: 'function'
  readonly function: { readonly name: string; readonly arguments: unknown }
}

/** A message in the form that chat templates are written for. */
export interface TemplateMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool'
  readonly content: string
  /** What the model thought; templates that want none of it drop it themselves. */
  readonly reasoning_content?: string
  readonly tool_calls?: readonly TemplateToolCall[]
  readonly tool_call_id?: string
  /** The tool that was called. */
  readonly name?: string
}

/**
 * Writes a conversation as Hugging Face's chat templates expect it: content as text, tool calls with their arguments as
 * a value (not as JSON text), every tool result as a separate message before the rest of its turn.
 *
 * Source: huggingface.co/docs/transformers, "Chat templates" and "Tool use".
 *
 * @throws {SagemakerError} `invalid-request` that names a content block which cannot be put into a prompt.
 */
export function templateMessages(messages: readonly ChatMessage[]): readonly TemplateMessage[] {
  const toolNames = new Map<string, string>()
  return messages.flatMap((message): readonly TemplateMessage[] => {
    if (message.role === 'tool') return [toolMessage(message.toolCallId, message.content, toolNames)]
    const { role, content = [] } = message
    if (role === undefined) throw invalidRequest('messages: role is missing')
    if (typeof content === 'string') return [{ role, content }]
    return role === 'assistant' ? [assistantMessage(content, toolNames)] : userMessages(role, content, toolNames)
  })
}

/** Arguments of tool calls as JSON text, as in OpenAI's format: some templates append them to a text. */
export function withArgumentsAsText(messages: readonly TemplateMessage[]): readonly TemplateMessage[] {
  return messages.map((message) => ({
    ...message,
    ...(message.tool_calls && {
      tool_calls: message.tool_calls.map((call) => ({
        ...call,
        function: { ...call.function, arguments: JSON.stringify(call.function.arguments) },
      })),
    }),
  }))
}

/** Ids of tool calls as nine letters and digits, which is the only form that Mistral's templates take. Equal ids stay equal. */
export function withShortIds(messages: readonly TemplateMessage[]): readonly TemplateMessage[] {
  return messages.map((message) => ({
    ...message,
    ...(message.tool_call_id !== undefined && { tool_call_id: shortId(message.tool_call_id) }),
    ...(message.tool_calls && { tool_calls: message.tool_calls.map((call) => ({ ...call, id: shortId(call.id) })) }),
  }))
}

function shortId(id: string): string {
  return /^[A-Za-z0-9]{9}$/.test(id) ? id : createHash('sha256').update(id).digest('hex').slice(0, 9)
}

function assistantMessage(blocks: readonly ContentBlock[], toolNames: Map<string, string>): TemplateMessage {
  let content = ''
  let reasoning = ''
  const toolCalls: TemplateToolCall[] = []
  for (const block of blocks) {
    if (block.text !== undefined) content += block.text
    else if (block.reasoningContent !== undefined) reasoning += block.reasoningContent.reasoningText?.text ?? ''
    else if (block.toolUse !== undefined) {
      const { toolUseId: id, name, input } = block.toolUse
      if (id === undefined || name === undefined) throw invalidRequest('toolUse: toolUseId or name is missing')
      toolNames.set(id, name)
      toolCalls.push({ id, type: 'function', function: { name, arguments: input ?? {} } })
    } else throw notWritable(block)
  }
  return {
    role: 'assistant',
    content,
    ...(reasoning === '' ? {} : { reasoning_content: reasoning }),
    ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls }),
  }
}

function userMessages(
  role: 'system' | 'user',
  blocks: readonly ContentBlock[],
  toolNames: ReadonlyMap<string, string>,
): readonly TemplateMessage[] {
  const results = blocks.flatMap((block) => block.toolResult ?? [])
  const texts = blocks.flatMap((block) => {
    if (block.toolResult !== undefined) return []
    if (block.text === undefined) throw notWritable(block)
    return block.text
  })
  return [
    ...results.map((result) => toolMessage(idOf(result), toolResultText(result), toolNames)),
    ...(texts.length > 0 || results.length === 0 ? [{ role, content: texts.join('\n') }] : []),
  ]
}

function toolMessage(id: string, content: string, toolNames: ReadonlyMap<string, string>): TemplateMessage {
  const name = toolNames.get(id)
  return { role: 'tool', tool_call_id: id, content, ...(name === undefined ? {} : { name }) }
}

function idOf({ toolUseId }: ToolResultBlock): string {
  if (toolUseId === undefined) throw invalidRequest('toolResult: toolUseId is missing')
  return toolUseId
}

function notWritable(block: ContentBlock): Error {
  return invalidRequest(`messages: ${memberOf(block)} cannot be put into a prompt`)
}
