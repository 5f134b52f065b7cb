import type { AIMessage, BaseMessage, ChatMessage, ToolMessage } from '@langchain/core/messages'
import type { ChatMessage as ModelMessage, ContentBlock, DocumentType, ImageBlock } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-llm'
import { imageOf } from './images.ts'

type Block = Readonly<Record<string, unknown>>

/**
 * Writes a LangChain conversation as the messages of `SagemakerLLM`. Messages with results of tools that follow one another become one
 * turn, as the calls that they answer are one.
 *
 * @throws {SagemakerError} `invalid-request` that names the message and the content block that cannot be sent.
 */
export function modelMessages(messages: readonly BaseMessage[]): readonly ModelMessage[] {
  const written: ModelMessage[] = []
  let results: ContentBlock[] | undefined
  messages.forEach((message, index) => {
    const place = `messages[${index}]`
    if (message.getType() !== 'tool') {
      results = undefined
      written.push(modelMessage(message, place))
      return
    }
    if (results === undefined) written.push({ role: 'user', content: (results = []) })
    results.push(toolResult(message as ToolMessage, place))
  })
  return written
}

function modelMessage(message: BaseMessage, place: string): ModelMessage {
  const type = message.getType()
  switch (type) {
    case 'human':
      return { role: 'user', content: contentOf(message, place) }
    case 'system':
    case 'developer':
      return { role: 'system', content: contentOf(message, place) }
    case 'ai':
      return { role: 'assistant', content: answerBlocks(message, place) }
    case 'generic':
      return { role: roleOf(message as ChatMessage, place), content: contentOf(message, place) }
    default:
      throw invalidMessage(`${place}: a message of type ${type} cannot be sent`)
  }
}

function roleOf({ role }: ChatMessage, place: string): 'assistant' | 'system' | 'user' {
  if (role === 'assistant' || role === 'system' || role === 'user') return role
  if (role === 'human') return 'user'
  if (role === 'ai') return 'assistant'
  if (role === 'developer') return 'system'
  throw invalidMessage(`${place}.role: it must be user, assistant or system`)
}

/** Text alone stays a string, which every container understands. */
function contentOf({ content }: BaseMessage, place: string): string | readonly ContentBlock[] {
  if (typeof content === 'string') return content
  return content.map((block, index) => textOrImage(block, `${place}.content[${index}]`))
}

/** Tool calls are taken from `tool_calls`; content of other providers has them once more, as blocks. */
function answerBlocks(message: BaseMessage, place: string): readonly ContentBlock[] {
  const { content } = message
  const blocks: ContentBlock[] = []
  if (typeof content === 'string') blocks.push(...(content === '' ? [] : [{ text: content }]))
  else content.forEach((block, index) => blocks.push(...answerBlock(block, `${place}.content[${index}]`)))
  for (const { id, name, args } of (message as AIMessage).tool_calls ?? []) {
    blocks.push({ toolUse: { toolUseId: id, name, input: args as DocumentType } })
  }
  return blocks.length === 0 ? [{ text: '' }] : blocks
}

const toolCallTypes: ReadonlySet<unknown> = new Set([
  'tool_call',
  'tool_call_chunk',
  'invalid_tool_call',
  'tool_use',
  'input_json_delta',
  'toolUse',
  'function_call',
])

function answerBlock(block: Block, place: string): readonly ContentBlock[] {
  const { type, reasoning, thinking } = block
  if (toolCallTypes.has(type)) return []
  if (type === 'reasoning' || type === 'thinking') {
    const text = type === 'reasoning' ? reasoning : thinking
    return typeof text === 'string' && text !== '' ? [{ reasoningContent: { reasoningText: { text } } }] : []
  }
  if (type === 'refusal' && typeof block['refusal'] === 'string') return [{ text: block['refusal'] }]
  const read = textOrImage(block, place)
  return 'text' in read && read.text === '' ? [] : [read]
}

/** The status is left out: no container has a field for it but Bedrock's, and LangChain writes the error into the content, too. */
function toolResult({ content, tool_call_id: toolUseId }: ToolMessage, place: string): ContentBlock {
  const blocks =
    typeof content === 'string'
      ? [{ text: content }]
      : content.map((block, index) => textOrImage(block, `${place}.content[${index}]`))
  return { toolResult: { toolUseId, content: blocks } }
}

function textOrImage(block: Block | string, place: string): { readonly text: string } | { readonly image: ImageBlock } {
  if (typeof block === 'string') return { text: block }
  const { type, text } = block
  const isText = type === 'text' || type === 'text-plain' || (type === 'file' && block['source_type'] === 'text')
  if (isText && typeof text === 'string') return { text }
  if (type !== 'image' && type !== 'image_url') {
    throw invalidMessage(`${place}: ${String(type)} cannot be sent, only text and images can`)
  }
  const image = imageOf(block)
  if (image !== undefined) return { image }
  throw invalidMessage(`${place}: an image needs an address, or the bytes of a GIF, JPEG, PNG or WebP file`)
}

function invalidMessage(message: string): SagemakerError {
  return new SagemakerError('invalid-request', message)
}
