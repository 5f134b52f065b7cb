import type { ModelPart } from '@x/bedrock-like-types'
import { ResponsesEvents } from '../protocols/responses-events.ts'
import { readResponses } from '../protocols/responses-input.ts'
import { itemId, type ResponseIdentity, writeResponse } from '../protocols/responses-output.ts'
import { answerConversation, type Conversation } from './answer-conversation.ts'
import type { EndpointCall } from './endpoint-call.ts'
import { agentCallOptions } from './language-call.ts'

/**
 * `POST /v1/responses`, without conversations that are kept.
 *
 * Source: openai/openai-openapi, `createResponse`.
 */
export async function responses(call: EndpointCall): Promise<Response> {
  const { body, models, scope } = call
  const input = readResponses(body)
  const model = models.ofKind('language', input.model)
  scope.model = model.name
  for (const warning of input.warnings) scope.warn(warning)
  const identity: ResponseIdentity = {
    id: itemId('resp'),
    createdAt: Math.floor(Date.now() / 1000),
    model: input.model ?? model.name,
    input,
  }
  const conversation: Conversation<ModelPart> = {
    id: identity.id,
    messages: input.messages,
    stream: input.stream,
    options: (each) => agentCallOptions(input.options, each, scope),
    parts: (llm, options) => llm.streamParts(input.messages, options),
    events: () => new ResponsesEvents(identity),
    body: (answer) => writeResponse(identity, answer),
  }
  return answerConversation(model, conversation, call)
}
