import type { ChatMessage } from '@x/bedrock-like-types'
import type { SagemakerEndpoint } from '@x/sagemaker-endpoint'
import type { ContentHandler } from '../contract/content-handler.ts'
import { invalidRequest } from '../contract/invalid-request.ts'
import type { ModelCall, ModelCallBase, ModelMessage } from '../contract/model-call.ts'
import {
  type CompletionToPrompt,
  type MessagesToPrompt,
  withPlainContent,
  withSystemPrompt,
  writesObject,
} from '../prompts/prompt-functions.ts'
import type { ModelFormatOptions } from './model-options.ts'

/** How the input of a call becomes a call to the model. */
export interface InputRules extends Pick<ModelFormatOptions, 'systemPrompt'> {
  readonly transport: SagemakerEndpoint['transport']
  readonly messagesToPrompt: MessagesToPrompt | undefined
  readonly completionToPrompt: CompletionToPrompt
}

/**
 * Writes a prompt or a conversation as the call that content handlers get.
 *
 * @throws {SagemakerError} `invalid-request` for what cannot be sent.
 */
export function writeModelCall(
  input: string | readonly ChatMessage[],
  base: ModelCallBase,
  rules: InputRules,
  handler: ContentHandler,
): Promise<ModelCall> {
  return typeof input === 'string' ? promptCall(input, base, rules, handler) : chatCall(input, base, rules, handler)
}

async function promptCall(
  prompt: string,
  base: ModelCallBase,
  { transport, completionToPrompt, systemPrompt }: InputRules,
  handler: ContentHandler,
): Promise<ModelCall> {
  if (transport === 'openai') throw invalidRequest("complete: the transport 'openai' has chats only, use chat")
  if (base.tools?.length) throw invalidRequest('tools: only a conversation can use tools, a prompt cannot')
  if (handler.takes === 'messages') throw invalidRequest(`complete: ${handler.name} takes conversations only, use chat`)
  return { ...base, prompt: await completionToPrompt(prompt, { systemPrompt }) }
}

async function chatCall(
  messages: readonly ChatMessage[],
  base: ModelCallBase,
  { transport, messagesToPrompt, systemPrompt }: InputRules,
  handler: ContentHandler,
): Promise<ModelCall> {
  // An empty system prompt tells a prompt style to leave out its default.
  const ownSystemPrompt = messagesToPrompt === undefined ? systemPrompt || undefined : systemPrompt
  const conversation = modelMessages(withSystemPrompt(messages, ownSystemPrompt))
  if (messagesToPrompt === undefined) {
    if (handler.takes === 'prompt') {
      throw invalidRequest(`chat: ${handler.name} takes prompts only, pass messagesToPrompt`)
    }
    return { ...base, messages: conversation }
  }
  if (transport === 'openai') throw invalidRequest("messagesToPrompt: the transport 'openai' takes no prompts")
  const { tools, toolChoice, ...rest } = base
  if (toolChoice?.any !== undefined || toolChoice?.tool !== undefined) {
    throw invalidRequest('toolChoice: a conversation that is sent as a prompt cannot force a tool')
  }
  const plain = withPlainContent(conversation)
  const prompt = await messagesToPrompt(plain, { tools: tools ?? [] })
  if (writesObject(prompt, plain)) {
    const what = 'the prompt has an object written as "[object Object]"'
    throw invalidRequest(`messagesToPrompt: ${what}; textOf(message) gives the text of a message's content`)
  }
  return { ...rest, prompt }
}

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
