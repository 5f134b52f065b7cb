import type { ChatMessage, ChatResponse, LLMPartOptions, SagemakerLLM } from '@x/sagemaker-llm'
import { eventResponse, jsonResponse } from '../answers/responses.ts'
import type { AnswerPart } from '../contract/answer-part.ts'
import type { EventWriter } from '../events/event-writer.ts'
import type { ServedModel } from '../models/served-model.ts'
import type { EndpointCall } from './endpoint-call.ts'
import { answerOfFirst, partsOfFirst } from './fallback.ts'

/** A conversation, and how its answer reads in the protocol of the client. */
export interface Conversation<Part extends AnswerPart> {
  /** Name of the answer. */
  readonly id: string
  readonly messages: readonly ChatMessage[]
  readonly stream: boolean
  /** The options of a call of a model. */
  readonly options: (model: ServedModel<'language'>) => LLMPartOptions
  /** The parts of an answer that is streamed. */
  readonly parts: (llm: SagemakerLLM, options: LLMPartOptions, model: ServedModel<'language'>) => AsyncIterable<Part>
  /** Writes them as events. */
  readonly events: () => EventWriter<Part>
  /** The body of an answer that is whole. */
  readonly body: (answer: ChatResponse) => unknown
}

/** Sends a conversation to a model, or to those behind it if it fails, and answers the client, with events if it asked for them. */
export async function answerConversation<Part extends AnswerPart>(
  model: ServedModel<'language'>,
  { id, messages, stream, options, parts, events, body }: Conversation<Part>,
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
  const partsOf = async (each: ServedModel<'language'>): Promise<AsyncIterable<Part>> => {
    const callOptions = options(each)
    return parts(await each.open(), callOptions, each)
  }
  const only = candidates.length === 1
  return eventResponse(
    id,
    only ? await partsOf(model) : partsOfFirst(candidates, scope, partsOf),
    events(),
    scope,
    settings,
  )
}
