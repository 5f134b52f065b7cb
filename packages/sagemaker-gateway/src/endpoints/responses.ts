import { eventResponse, jsonResponse } from '../answers/responses.ts'
import { ResponsesEvents } from '../protocols/responses-events.ts'
import { readResponses } from '../protocols/responses-input.ts'
import { itemId, type ResponseIdentity, writeResponse } from '../protocols/responses-output.ts'
import type { EndpointCall } from './endpoint-call.ts'
import { agentCallOptions, recordAnswers } from './language-call.ts'

/**
 * `POST /v1/responses`, without conversations that are kept.
 *
 * Source: openai/openai-openapi, `createResponse`.
 */
export async function responses({ body, models, scope, settings }: EndpointCall): Promise<Response> {
  const input = readResponses(body)
  const model = models.ofKind('language', input.model)
  scope.model = model.name
  for (const warning of input.warnings) scope.warn(warning)
  const options = agentCallOptions(input.options, model, scope)
  const identity: ResponseIdentity = {
    id: itemId('resp'),
    createdAt: Math.floor(Date.now() / 1000),
    model: input.model ?? model.name,
    input,
  }
  const llm = await model.open()
  if (input.stream) {
    scope.beginStream()
    return eventResponse(llm.streamParts(input.messages, options), new ResponsesEvents(identity), scope, settings)
  }
  const answer = await llm.chat(input.messages, options)
  recordAnswers([answer], scope)
  return jsonResponse(writeResponse(identity, answer), scope)
}
