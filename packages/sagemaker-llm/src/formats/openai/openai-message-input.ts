import type { ChatMessage, ContentBlock, DocumentType, ImageBlock } from '@x/bedrock-like-types'
import { Buffer } from 'node:buffer'
import { invalidParameter, type OpenAIFields } from './openai-fields.ts'

/** Reads the messages of a chat completion request: the reverse of `openaiMessages`. */
export function readOpenAIMessages(body: OpenAIFields): readonly ChatMessage[] {
  const messages = body.objects('messages')
  if (messages === undefined || messages.length === 0)
    throw invalidParameter('messages', 'must have at least one message')
  return messages.map((message) => readMessage(message))
}

function readMessage(message: OpenAIFields): ChatMessage {
  const role = message.requiredString('role')
  switch (role) {
    case 'system':
    case 'developer':
      return { role: 'system', content: [{ text: textContent(message) }] }
    case 'user':
      return { role: 'user', content: userContent(message) }
    case 'assistant':
      return { role: 'assistant', content: assistantContent(message) }
    case 'tool':
      return { role: 'tool', toolCallId: message.requiredString('tool_call_id'), content: textContent(message) }
    default:
      throw invalidParameter(message.pathOf('role'), 'must be system, developer, user, assistant or tool')
  }
}

/** Content that can only be text: a string, or parts of text. */
function textContent(message: OpenAIFields): string {
  if (typeof message.get('content') === 'string') return message.requiredString('content')
  const parts = message.objects('content')
  if (parts === undefined) throw invalidParameter(message.pathOf('content'), 'is missing')
  return parts
    .map((part) => {
      const type = part.requiredString('type')
      if (type === 'text') return part.requiredString('text')
      if (type === 'refusal') return part.requiredString('refusal')
      throw invalidParameter(part.pathOf('type'), 'only text can be sent in this message')
    })
    .join('\n')
}

function userContent(message: OpenAIFields): readonly ContentBlock[] {
  if (typeof message.get('content') === 'string') return [{ text: message.requiredString('content') }]
  const parts = message.objects('content')
  if (parts === undefined || parts.length === 0) throw invalidParameter(message.pathOf('content'), 'is missing')
  return parts.map((part) => {
    const type = part.requiredString('type')
    if (type === 'text') return { text: part.requiredString('text') }
    if (type === 'image_url') return { image: readImage(part) }
    throw invalidParameter(part.pathOf('type'), 'only text and image_url can be sent')
  })
}

function readImage(part: OpenAIFields): ImageBlock {
  return readImageUrl(part.object('image_url')?.string('url') ?? '', part.pathOf('image_url.url'))
}

/**
 * Reads the URL of an image: of the web, or `data:` with the image itself.
 *
 * @throws {SagemakerError} `invalid-request` with the path.
 */
export function readImageUrl(url: string, path: string): ImageBlock {
  if (/^https?:\/\//i.test(url)) return { source: { url } }
  const [, format, base64] = /^data:image\/(gif|jpeg|jpg|png|webp);base64,([A-Za-z0-9+/=_-]+)$/.exec(url) ?? []
  if (format === undefined || base64 === undefined) {
    throw invalidParameter(path, 'must be an http(s) address or a base64 data: URL of a GIF, JPEG, PNG or WebP image')
  }
  return {
    format: format === 'jpg' ? 'jpeg' : (format as 'gif' | 'jpeg' | 'png' | 'webp'),
    source: { bytes: Buffer.from(base64, 'base64') },
  }
}

function assistantContent(message: OpenAIFields): readonly ContentBlock[] {
  const reasoning = message.string('reasoning_content') ?? message.string('reasoning')
  const text = message.get('content') === undefined ? message.string('refusal') : textContent(message)
  const calls = (message.objects('tool_calls') ?? []).map((call) => {
    const { path, name, input } = readToolCall(call)
    return { toolUse: { toolUseId: call.requiredString('id'), name, input: parsedArguments(input, path) } }
  })
  if (message.get('function_call') !== undefined) {
    throw invalidParameter(message.pathOf('function_call'), 'is no longer supported: use tool_calls')
  }
  return [
    ...(reasoning === undefined ? [] : [{ reasoningContent: { reasoningText: { text: reasoning } } }]),
    ...(text === undefined || text === '' ? [] : [{ text }]),
    ...calls,
    ...(text === undefined && reasoning === undefined && calls.length === 0 ? [{ text: '' }] : []),
  ]
}

function readToolCall(call: OpenAIFields): { path: string; name: string; input: string } {
  const definition = call.object('function')
  if (definition === undefined) throw invalidParameter(call.pathOf('function'), 'is missing')
  const input = definition.string('arguments') ?? ''
  return { path: definition.pathOf('arguments'), name: definition.requiredString('name'), input }
}

function parsedArguments(text: string, path: string): DocumentType {
  if (text.trim() === '') return {}
  try {
    return JSON.parse(text) as DocumentType
  } catch {
    throw invalidParameter(path, 'must be JSON')
  }
}
