import type { ChatMessage, GenerationOptions } from '@x/bedrock-like-types'
import { type SagemakerEndpoint, SagemakerError } from '@x/sagemaker-endpoint'
import type { CodecRequest } from '@x/bedrock-like-types'
import type { ContentHandler } from '../contract/content-handler.ts'
import { invalidRequest } from '../contract/invalid-request.ts'
import type { ModelCall, ModelCallBase, ModelMessage } from '../contract/model-call.ts'
import { harmless, type WireObserver } from '../contract/wire-observer.ts'
import { completionToPromptFunction, messagesToPromptFunction, withSystemPrompt } from '../prompts/prompt-functions.ts'
import { checkGenerationOptions, defaultMaxNewTokens, defaultTemperature } from './generation-options.ts'
import type { ModelOptions } from './model-options.ts'

/** A call that is ready to be sent. */
export interface PreparedCall {
  readonly call: ModelCall
  readonly handler: ContentHandler
  readonly request: CodecRequest
  readonly wireObserver?: WireObserver | undefined
}

/** The options of the model, and how its endpoint is reached. */
export interface ModelSettings extends ModelOptions {
  readonly transport: SagemakerEndpoint['transport']
}

/**
 * Turns what the user said into the request that is sent.
 *
 * @param input - A prompt, or the messages of a conversation.
 * @param generation - The options of this call over those of the model.
 * @throws {SagemakerError} `invalid-request` for what cannot be sent.
 */
export async function prepareCall(
  input: string | readonly ChatMessage[],
  generation: GenerationOptions,
  model: ModelSettings,
  stream: boolean,
): Promise<PreparedCall> {
  checkGenerationOptions(generation)
  const handler = model.contentHandler ?? (await import('../handlers/auto.ts')).auto()
  const base: ModelCallBase = {
    ...generation,
    temperature: orContainers(generation.temperature, defaultTemperature),
    maxNewTokens: orContainers(generation.maxNewTokens, defaultMaxNewTokens),
    stream,
    modelName: model.modelName,
  }
  const call =
    typeof input === 'string'
      ? await promptCall(input, base, model, handler)
      : await chatCall(input, base, model, handler)
  return { call, handler, request: handler.request(call), wireObserver: harmless(model.wireObserver) }
}

/** `null` leaves a value to the container. */
function orContainers(given: number | null | undefined, byDefault: number): number | undefined {
  return given === undefined ? byDefault : (given ?? undefined)
}

async function promptCall(
  prompt: string,
  base: ModelCallBase,
  model: ModelSettings,
  handler: ContentHandler,
): Promise<ModelCall> {
  if (model.transport === 'openai') throw invalidRequest("complete: the transport 'openai' has chats alone, use chat")
  if (base.tools?.length) throw invalidRequest('tools: only a conversation can use tools, a prompt cannot')
  if (handler.takes === 'messages')
    throw invalidRequest(`complete: ${handler.name} takes conversations alone, use chat`)
  const write = completionToPromptFunction(model.completionToPrompt)
  return { ...base, prompt: await write(prompt, { systemPrompt: model.systemPrompt }) }
}

async function chatCall(
  messages: readonly ChatMessage[],
  base: ModelCallBase,
  model: ModelSettings,
  handler: ContentHandler,
): Promise<ModelCall> {
  const sendsMessages = model.messagesToPrompt === undefined
  // An empty system prompt means something to a prompt style: that it shall leave out its default.
  const systemPrompt = sendsMessages ? model.systemPrompt || undefined : model.systemPrompt
  const conversation = modelMessages(withSystemPrompt(messages, systemPrompt))
  if (model.messagesToPrompt === undefined) {
    if (handler.takes === 'prompt') {
      throw invalidRequest(`chat: ${handler.name} takes prompts alone, give messagesToPrompt`)
    }
    return { ...base, messages: conversation }
  }
  if (model.transport === 'openai') throw invalidRequest("messagesToPrompt: the transport 'openai' takes no prompts")
  const { tools, toolChoice, ...rest } = base
  if (toolChoice?.any !== undefined || toolChoice?.tool !== undefined) {
    throw invalidRequest('toolChoice: a conversation that is sent as a prompt cannot force a tool')
  }
  const write = messagesToPromptFunction(model.messagesToPrompt)
  return { ...rest, prompt: await write(conversation, { tools: tools ?? [] }) }
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

/** The error for what was thrown before anything was sent: by a check, or by a function of the user's own. */
export function preparationError(thrown: unknown, endpointName: string): SagemakerError {
  if (SagemakerError.is(thrown)) return thrown.with({ endpointName })
  // What a function of the user's throws may quote the prompt: it belongs into the cause, not into the message.
  const message = 'the request could not be written: a function that was given for it has thrown'
  return new SagemakerError('invalid-request', message, { endpointName, cause: thrown })
}
