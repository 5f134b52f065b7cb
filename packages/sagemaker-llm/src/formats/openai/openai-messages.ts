import type { CallWarning, ContentBlock, ImageBlock, ToolResultBlock, ToolUseBlock } from '@x/bedrock-like-types'
import { Buffer } from 'node:buffer'
import { invalidRequest } from '../../contract/invalid-request.ts'
import type { ModelMessage } from '../../contract/model-call.ts'
import { memberOf, toolResultText } from '../../contract/message-content.ts'

/** How messages are written. */
export interface OpenAIMessageOptions {
  /**
   * Member in which earlier reasoning is sent back.
   *
   * @defaultValue it is not sent, as most chat templates want
   */
  readonly reasoningField?: string | undefined
}

/** Messages in OpenAI's form, and what could not be passed on. */
export interface OpenAIMessages {
  readonly messages: readonly object[]
  readonly warnings: readonly CallWarning[]
}

/**
 * Writes a conversation as OpenAI messages: tool calls as `tool_calls`, tool results as messages of role `tool` before the
 * rest of their turn, images as `image_url`. Images in tool results begin the rest of the turn, since vLLM and others take images
 * in messages of users only.
 *
 * @throws {SagemakerError} `invalid-request` that names a content block which has no such form.
 */
export function openaiMessages(messages: readonly ModelMessage[], options: OpenAIMessageOptions = {}): OpenAIMessages {
  const warnings = new Set<string>()
  const written = messages.flatMap((message): readonly object[] => {
    if (message.role === 'assistant') return [assistantMessage(message.content, options, warnings)]
    const results = message.content.flatMap((block) => block.toolResult ?? [])
    const images = results.flatMap(({ content = [] }) => content.flatMap(({ image }) => (image ? [{ image }] : [])))
    if (images.length > 0) warnings.add('the images in toolResult were sent in a message of the user after it')
    const rest = [...images, ...message.content.filter((block) => block.toolResult === undefined)]
    return [
      ...results.map((result) => toolMessage(result, warnings)),
      ...(rest.length > 0 || results.length === 0 ? [{ role: message.role, content: userContent(rest) }] : []),
    ]
  })
  return { messages: written, warnings: [...warnings].map((message) => ({ message })) }
}

/** Text alone is sent as a string, which every chat template understands; text and images as a list of parts. */
function userContent(blocks: readonly ContentBlock[]): string | readonly object[] {
  const parts = blocks.map((block) => {
    if (block.text !== undefined) return { type: 'text', text: block.text }
    if (block.image !== undefined) return openaiImage(block.image)
    throw notSendable(block)
  })
  const texts = parts.map((part) => ('text' in part ? part.text : undefined))
  return texts.includes(undefined) ? parts : texts.join('\n')
}

function assistantMessage(
  blocks: readonly ContentBlock[],
  { reasoningField }: OpenAIMessageOptions,
  warnings: Set<string>,
): object {
  let text = ''
  let reasoning = ''
  const toolCalls: object[] = []
  for (const block of blocks) {
    if (block.text !== undefined) text += block.text
    else if (block.toolUse !== undefined) toolCalls.push(toolCall(block.toolUse))
    else if (block.reasoningContent?.reasoningText !== undefined) {
      reasoning += block.reasoningContent.reasoningText.text ?? ''
      if (!reasoningField) warnings.add('reasoningContent of earlier turns was not sent')
    } else throw notSendable(block)
  }
  return {
    role: 'assistant',
    // Null, because TGI takes any text, even an empty one, to mean that there are no tool calls.
    content: text === '' && toolCalls.length > 0 ? null : text,
    ...(reasoningField !== undefined && reasoning !== '' ? { [reasoningField]: reasoning } : {}),
    ...(toolCalls.length > 0 ? { tool_calls: toolCalls } : {}),
  }
}

function toolCall({ toolUseId, name, input }: ToolUseBlock): object {
  if (toolUseId === undefined || name === undefined) throw invalidRequest('toolUse: toolUseId or name is missing')
  return { id: toolUseId, type: 'function', function: { name, arguments: JSON.stringify(input ?? {}) } }
}

function toolMessage(result: ToolResultBlock, warnings: Set<string>): object {
  if (result.toolUseId === undefined) throw invalidRequest('toolResult: toolUseId is missing')
  if (result.status === 'error') warnings.add('toolResult.status was not sent: tell of the error in its content')
  const content = result.content?.filter(({ image }) => image === undefined)
  return { role: 'tool', tool_call_id: result.toolUseId, content: toolResultText({ ...result, content }) }
}

function notSendable(block: ContentBlock): Error {
  return invalidRequest(`content: ${memberOf(block)} cannot be sent in this message`)
}

/** An image as an OpenAI content part: a URL as it is, bytes as a `data:` URL. */
export function openaiImage({ format, source }: ImageBlock): object {
  if (source?.url !== undefined) return { type: 'image_url', image_url: { url: source.url } }
  if (source?.bytes === undefined) throw invalidRequest('image.source: only bytes and url can be sent')
  if (format === undefined) throw invalidRequest('image.format is missing')
  const { buffer, byteOffset, byteLength } = source.bytes
  const base64 = Buffer.from(buffer, byteOffset, byteLength).toString('base64')
  return { type: 'image_url', image_url: { url: `data:image/${format};base64,${base64}` } }
}
