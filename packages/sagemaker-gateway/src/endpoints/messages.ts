import type { ModelPart } from '@x/bedrock-like-types'
import { OpenAIFields } from '@x/sagemaker-llm/openai-format'
import { GatewayError } from '../errors/gateway-error.ts'
import { MessagesEvents } from '../protocols/messages-events.ts'
import { readMessagesRequest } from '../protocols/messages-input.ts'
import { messageIdentity, writeMessage } from '../protocols/messages-output.ts'
import { answerConversation, type Conversation } from './answer-conversation.ts'
import type { EndpointCall } from './endpoint-call.ts'
import { agentCallOptions } from './language-call.ts'

/**
 * `POST /v1/messages`
 *
 * Source: docs.anthropic.com/en/api/messages.
 */
export async function messages(call: EndpointCall): Promise<Response> {
  const { body, models, scope } = call
  const input = readMessagesRequest(body)
  const model = models.ofKind('language', input.model)
  scope.model = model.name
  for (const warning of input.warnings) scope.warn(warning)
  const identity = messageIdentity(input.model ?? model.name)
  const conversation: Conversation<ModelPart> = {
    id: identity.id,
    messages: input.messages,
    stream: input.stream,
    options: (each) => agentCallOptions(input.options, each, scope),
    parts: (llm, options) => llm.streamParts(input.messages, options),
    events: () => new MessagesEvents(identity),
    body: (answer) => writeMessage(identity, answer),
  }
  return answerConversation(model, conversation, call)
}

/**
 * `POST /v1/messages/count_tokens`: containers have routes that count tokens, but SageMaker passes on `/invocations` only.
 *
 * @throws {GatewayError} `not-supported`
 */
export async function countTokens({ body, models, scope }: EndpointCall): Promise<Response> {
  const model = models.ofKind('language', new OpenAIFields(body).string('model'))
  scope.model = model.name
  const message = 'Tokens cannot be counted before a request: SageMaker does not pass on what a container has for it.'
  throw new GatewayError('not-supported', message, { headers: { 'x-should-retry': 'false' } })
}
