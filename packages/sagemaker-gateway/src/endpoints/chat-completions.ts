import { randomUUID } from 'node:crypto'
import type { LLMPartOptions } from '@x/sagemaker-llm'
import { type OpenAIIdentity, readOpenAIChat, writeOpenAIChat } from '@x/sagemaker-llm/openai-format'
import type { AnswerPart } from '../contract/answer-part.ts'
import { ChatEvents } from '../events/openai-events.ts'
import { PassThrough } from '../events/pass-through.ts'
import type { ServedModel } from '../models/served-model.ts'
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
  const conversation: Conversation<AnswerPart> = {
    id: identity.id,
    messages: input.messages,
    stream: input.stream,
    options: (each) => ({
      ...languageCallOptions(input, each, scope, chatFormats),
      // What a container of OpenAI's format says beyond the parts of an answer is passed on.
      includeRaw: chatFormats.has(each.format),
    }),
    parts: (llm, options, each) =>
      canPassOn(each, options)
        ? llm.streamThrough(input.messages, options, (decoder) => new PassThrough(decoder, identity))
        : llm.streamParts(input.messages, options),
    events: () => new ChatEvents(identity, { includeUsage: input.includeUsage, keepMembers: true }),
    body: (answer) => writeOpenAIChat(answer, identity),
  }
  return answerConversation(model, conversation, call)
}

/** Whether text of the container is text of the answer as it is. */
function canPassOn({ format, canPassOn: isAllowed }: ServedModel<'language'>, options: LLMPartOptions): boolean {
  const { reasoning = 'as-sent', stopSequences = [] } = options
  return isAllowed && chatFormats.has(format) && reasoning !== 'split' && stopSequences.length === 0
}
