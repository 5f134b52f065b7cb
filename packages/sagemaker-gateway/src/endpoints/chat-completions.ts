import { randomUUID } from 'node:crypto'
import { type OpenAIIdentity, readOpenAIChat, writeOpenAIChat } from '@x/sagemaker-llm/openai-format'
import { ChatEvents } from '../events/openai-events.ts'
import { answerConversation, type Conversation } from './answer-conversation.ts'
import type { EndpointCall } from './endpoint-call.ts'
import { languageCallOptions } from './language-call.ts'

/** Formats in which a conversation is OpenAI's chat completion. */
const chatFormats: ReadonlySet<string> = new Set(['auto', 'openai', 'tgi', 'lmi'])

/**
 * `POST /v1/chat/completions`
 *
 * Source: openai/openai-openapi, `createChatCompletion`.
 */
export async function chatCompletions(call: EndpointCall): Promise<Response> {
  const { body, models, scope } = call
  const input = readOpenAIChat(body)
  const model = models.ofKind('language', input.model)
  scope.model = model.name
  const identity: OpenAIIdentity = {
    id: `chatcmpl-${randomUUID()}`,
    created: Math.floor(Date.now() / 1000),
    model: input.model ?? model.name,
  }
  const conversation: Conversation = {
    messages: input.messages,
    stream: input.stream,
    options: (each) => ({
      ...languageCallOptions(input, each, scope, chatFormats),
      // What a container of OpenAI's format says beyond the parts of an answer is passed on.
      includeRaw: chatFormats.has(each.format),
    }),
    events: () => new ChatEvents(identity, { includeUsage: input.includeUsage, keepMembers: true }),
    body: (answer) => writeOpenAIChat(answer, identity),
  }
  return answerConversation(model, conversation, call)
}
