import type { ModelPart } from '@x/bedrock-like-types'
import type { ChatMessage, ChatResponse, LLMPartOptions } from '@x/sagemaker-llm'
import { eventResponse, jsonResponse } from '../answers/responses.ts'
import type { EventWriter } from '../events/event-writer.ts'
import type { ServedModel } from '../models/served-model.ts'
import type { EndpointCall } from './endpoint-call.ts'
import { answerOfFirst, partsOfFirst } from './fallback.ts'

/** A conversation, and how its answer reads in the protocol of the client. */
export interface Conversation {
  readonly messages: readonly ChatMessage[]
  readonly stream: boolean
  /** The options of a call of a model. */
  readonly options: (model: ServedModel<'language'>) => LLMPartOptions
  /** Writes the events of an answer that is streamed. */
  readonly events: () => EventWriter<ModelPart>
  /** The body of an answer that is whole. */
  readonly body: (answer: ChatResponse) => unknown
}

/** Sends a conversation to a model, or to those behind it if it fails, and answers the client, with events if it asked for them. */
export async function answerConversation(
  model: ServedModel<'language'>,
  { messages, stream, options, events, body }: Conversation,
  { models, scope, settings }: EndpointCall,
): Promise<Response> {
  const candidates = models.candidates(model)
  if (!stream) {
    const answer = await answerOfFirst(candidates, scope, async (each) => {
      const { includeRaw: _, ...callOptions } = options(each)
      return (await each.open()).chat(messages, callOptions)
    })
    scope.answered(answer)
    return jsonResponse(body(answer), scope)
  }
  scope.beginStream()
  const parts = async (each: ServedModel<'language'>): Promise<AsyncIterable<ModelPart>> => {
    const callOptions = options(each)
    return (await each.open()).streamParts(messages, callOptions)
  }
  const only = candidates.length === 1
  return eventResponse(only ? await parts(model) : partsOfFirst(candidates, scope, parts), events(), scope, settings)
}
