import { UnsupportedFunctionalityError } from '@ai-sdk/provider'
import type { ChatMessage, ContentBlock } from '@x/sagemaker-llm'
import { Buffer } from 'node:buffer'
import type {
  AssistantPart,
  FileData,
  FilePart,
  PromptMessage,
  TextPart,
  ToolContent,
  ToolOutput,
  ToolResultPart,
} from '../contract/call-options.ts'
import type { Warning } from '../contract/stream-part.ts'
import { imageBlock } from './image-block.ts'

/** A conversation, and what of it could not be passed on. */
export interface Conversation {
  readonly messages: readonly ChatMessage[]
  readonly warnings: readonly Warning[]
}

type ToolResultContent = NonNullable<NonNullable<ContentBlock['toolResult']>['content']>[number]

/**
 * The prompt of a call as the messages of a chat. Tool results within a message of the assistant, where providers put those of
 * tools that they ran themselves, become messages between its parts.
 *
 * @throws {UnsupportedFunctionalityError} for files that are no images.
 */
export function chatMessages(prompt: readonly PromptMessage[]): Conversation {
  const foreign = new Set<string>()
  const messages = prompt.flatMap((message): readonly ChatMessage[] => {
    switch (message.role) {
      case 'system':
        return [{ role: 'system', content: message.content }]
      case 'user':
        return [{ role: 'user', content: message.content.map(userBlock) }]
      case 'assistant':
        return assistantMessages(message.content, foreign)
      case 'tool': {
        const results = message.content.filter((part) => part.type === 'tool-result')
        return results.length === 0 ? [] : [{ role: 'user', content: results.map(toolResultBlock) }]
      }
    }
  })
  const warnings = [...foreign].map((type): Warning => ({
    type: 'other',
    message: `parts of type ${type} in messages of the assistant were not sent`,
  }))
  return { messages, warnings }
}

function userBlock(part: TextPart | FilePart): ContentBlock {
  if (part.type === 'text') return { text: part.text }
  const { mediaType, data } = part
  const text = /^text(?:\/|$)/i.test(mediaType) ? textOf(data) : undefined
  if (text !== undefined) return { text }
  return { image: imageBlock(mediaType, data) }
}

/** The text of a text file whose content is at hand. */
function textOf(data: FileData): string | undefined {
  if (typeof data === 'string') return Buffer.from(data, 'base64').toString()
  if (data instanceof Uint8Array) return new TextDecoder().decode(data)
  if (data instanceof URL) return undefined
  if (data.type === 'text') return data.text
  return data.type === 'data' ? textOf(data.data) : undefined
}

function assistantMessages(parts: readonly AssistantPart[], foreign: Set<string>): readonly ChatMessage[] {
  const messages: { readonly role: 'assistant' | 'user'; readonly content: ContentBlock[] }[] = []
  const add = (role: 'assistant' | 'user', block: ContentBlock): void => {
    const last = messages.at(-1)
    if (last?.role === role) last.content.push(block)
    else messages.push({ role, content: [block] })
  }
  for (const part of parts) {
    switch (part.type) {
      case 'text':
        add('assistant', { text: part.text })
        break
      case 'reasoning':
        add('assistant', { reasoningContent: { reasoningText: { text: part.text } } })
        break
      case 'tool-call':
        add('assistant', { toolUse: { toolUseId: part.toolCallId, name: part.toolName, input: part.input as object } })
        break
      case 'tool-result':
        add('user', toolResultBlock(part))
        break
      case 'file':
        throw new UnsupportedFunctionalityError({ functionality: 'files in messages of the assistant' })
      default:
        foreign.add(part.type)
    }
  }
  return messages
}

/** Without `status`, for which no container has a place: its text says that a tool failed. */
function toolResultBlock({ toolCallId, output }: ToolResultPart): ContentBlock {
  return { toolResult: { toolUseId: toolCallId, content: toolResultContent(output) } }
}

function toolResultContent(output: ToolOutput): readonly ToolResultContent[] {
  switch (output.type) {
    case 'text':
    case 'error-text':
      return [{ text: output.value }]
    case 'json':
    case 'error-json':
      return [{ text: JSON.stringify(output.value) ?? 'null' }]
    case 'execution-denied':
      return [{ text: output.reason ?? 'Tool execution denied.' }]
    case 'content':
      return output.value.map(toolContent)
  }
}

function toolContent(item: ToolContent): ToolResultContent {
  switch (item.type) {
    case 'text':
      return { text: item.text }
    case 'file':
    case 'file-data':
    case 'image-data':
      return { image: imageBlock(item.mediaType, item.data) }
    case 'file-url':
    case 'image-url':
      return { image: imageBlock(item.mediaType ?? 'image/*', new URL(item.url)) }
    default:
      throw new UnsupportedFunctionalityError({ functionality: `tool result content of type ${item.type}` })
  }
}
