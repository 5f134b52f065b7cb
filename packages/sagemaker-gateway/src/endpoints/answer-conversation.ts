import type { ModelPart } from '@x/bedrock-like-types'
import type { ChatMessage, ChatResponse, LLMPartOptions } from '@x/sagemaker-llm'
import { eventResponse, jsonResponse } from '../answers/responses.ts'
import type { EventWriter } from '../events/event-writer.ts'
import type { ServedModel } from '../models/served-model.ts'
import type { EndpointCall } from './endpoint-call.ts'
import { recordAnswers } from './language-call.ts'

/** A conversation, and how its answer reads in the protocol of the client. */
export interface Conversation {
  readonly messages: readonly ChatMessage[]
  readonly stream: boolean
  readonly options: LLMPartOptions
  /** Writes the events of an answer that is streamed. */
  readonly events: () => EventWriter<ModelPart>
  /** The body of an answer that is whole. */
  readonly body: (answer: ChatResponse) => unknown
}

/** Sends a conversation to a model and answers the client, with events if it asked for them. */
export async function answerConversation(
  model: ServedModel<'language'>,
  { messages, stream, options, events, body }: Conversation,
  { scope, settings }: EndpointCall,
): Promise<Response> {
  const llm = await model.open()
  if (stream) {
    scope.beginStream()
    return eventResponse(llm.streamParts(messages, options), events(), scope, settings)
  }
  const { includeRaw: _, ...callOptions } = options
  const answer = await llm.chat(messages, callOptions)
  recordAnswers([answer], scope)
  return jsonResponse(body(answer), scope)
}
