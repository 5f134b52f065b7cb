import { eventResponse, jsonResponse } from '../answers/responses.ts'
import { MessagesEvents } from '../protocols/messages-events.ts'
import { readMessagesRequest } from '../protocols/messages-input.ts'
import { messageIdentity, writeMessage } from '../protocols/messages-output.ts'
import type { EndpointCall } from './endpoint-call.ts'
import { agentCallOptions, recordAnswers } from './language-call.ts'

/**
 * `POST /v1/messages`
 *
 * Source: docs.anthropic.com/en/api/messages.
 */
export async function messages({ body, models, scope, settings }: EndpointCall): Promise<Response> {
  const input = readMessagesRequest(body)
  const model = models.ofKind('language', input.model)
  scope.model = model.name
  for (const warning of input.warnings) scope.warn(warning)
  const options = agentCallOptions(input.options, model, scope)
  const identity = messageIdentity(input.model ?? model.name)
  const llm = await model.open()
  if (input.stream) {
    scope.beginStream()
    return eventResponse(llm.streamParts(input.messages, options), new MessagesEvents(identity), scope, settings)
  }
  const answer = await llm.chat(input.messages, options)
  recordAnswers([answer], scope)
  return jsonResponse(writeMessage(identity, answer), scope)
}
