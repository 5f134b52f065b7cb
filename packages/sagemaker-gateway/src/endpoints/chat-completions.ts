import { randomUUID } from 'node:crypto'
import { OpenAIChatChunks, type OpenAIIdentity, readOpenAIChat, writeOpenAIChat } from '@x/sagemaker-llm/openai-format'
import { eventResponse, jsonResponse } from '../answers/responses.ts'
import { OpenAIEvents } from '../events/openai-events.ts'
import type { EndpointCall } from './endpoint-call.ts'
import { languageCallOptions, recordAnswers } from './language-call.ts'

/**
 * `POST /v1/chat/completions`
 *
 * Source: openai/openai-openapi, `createChatCompletion`.
 */
export async function chatCompletions({ body, models, scope, settings }: EndpointCall): Promise<Response> {
  const input = readOpenAIChat(body)
  const model = models.ofKind('language', input.model)
  scope.model = model.name
  const options = languageCallOptions(input, model, scope)
  const identity: OpenAIIdentity = {
    id: `chatcmpl-${randomUUID()}`,
    created: Math.floor(Date.now() / 1000),
    model: input.model ?? model.name,
  }
  const llm = await model.open()
  if (input.stream) {
    scope.beginStream()
    const events = new OpenAIEvents(new OpenAIChatChunks(identity, input))
    return eventResponse(llm.streamParts(input.messages, options), events, scope, settings)
  }
  const answer = await llm.chat(input.messages, options)
  recordAnswers([answer], scope)
  return jsonResponse(writeOpenAIChat(answer, identity), scope)
}
