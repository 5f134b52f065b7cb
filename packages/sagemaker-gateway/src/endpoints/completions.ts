import type { ModelPart } from '@x/bedrock-like-types'
import type { LLMPartOptions } from '@x/sagemaker-llm'
import { randomUUID } from 'node:crypto'
import { type OpenAIIdentity, readOpenAICompletion, writeOpenAICompletion } from '@x/sagemaker-llm/openai-format'
import { eventResponse, jsonResponse } from '../answers/responses.ts'
import { OpenAICompletionEvents } from '../events/openai-completion-events.ts'
import type { ServedModel } from '../models/served-model.ts'
import type { EndpointCall } from './endpoint-call.ts'
import { answerOfFirst, partsOfFirst } from './fallback.ts'
import { languageCallOptions } from './language-call.ts'

/** Formats in which a prompt is OpenAI's completion. */
const completionFormats: ReadonlySet<string> = new Set(['openai'])

/**
 * `POST /v1/completions`: one choice for each prompt.
 *
 * Source: openai/openai-openapi, `createCompletion`.
 */
export async function completions({ body, models, scope, settings }: EndpointCall): Promise<Response> {
  const input = readOpenAICompletion(body)
  const model = models.ofKind('language', input.model)
  scope.model = model.name
  const identity: OpenAIIdentity = {
    id: `cmpl-${randomUUID()}`,
    created: Math.floor(Date.now() / 1000),
    model: input.model ?? model.name,
  }
  const candidates = models.candidates(model)
  const optionsOf = (each: ServedModel<'language'>): LLMPartOptions => ({
    ...languageCallOptions(input, each, scope, completionFormats),
    // The format has no member for it.
    reasoning: 'as-sent',
  })
  if (input.stream) {
    scope.beginStream()
    const parts = (prompt: string): AsyncIterable<ModelPart> =>
      partsOfFirst(candidates, scope, async (each) => {
        const options = optionsOf(each)
        return (await each.open()).streamParts(prompt, options)
      })
    const streams = input.prompts.map((prompt) => parts(prompt))
    const writer = new OpenAICompletionEvents(identity, input)
    return eventResponse(identity.id, oneAfterAnother(streams), writer, scope, settings)
  }
  const answers = await answerOfFirst(candidates, scope, async (each) => {
    const { includeRaw: _, ...options } = optionsOf(each)
    const llm = await each.open()
    return Promise.all(input.prompts.map((prompt) => llm.complete(prompt, options)))
  })
  for (const answer of answers) scope.answered(answer)
  return jsonResponse(writeOpenAICompletion(answers, identity), scope)
}

async function* oneAfterAnother(streams: readonly AsyncIterable<ModelPart>[]): AsyncGenerator<ModelPart, void> {
  for (const stream of streams) yield* stream
}
