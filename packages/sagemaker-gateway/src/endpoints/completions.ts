import type { ModelPart } from '@x/bedrock-like-types'
import { randomUUID } from 'node:crypto'
import { type OpenAIIdentity, readOpenAICompletion, writeOpenAICompletion } from '@x/sagemaker-llm/openai-format'
import { eventResponse, jsonResponse } from '../answers/responses.ts'
import { OpenAICompletionEvents } from '../events/openai-completion-events.ts'
import type { EndpointCall } from './endpoint-call.ts'
import { languageCallOptions, recordAnswers } from './language-call.ts'

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
  const options = languageCallOptions(input, model, scope, completionFormats)
  const identity: OpenAIIdentity = {
    id: `cmpl-${randomUUID()}`,
    created: Math.floor(Date.now() / 1000),
    model: input.model ?? model.name,
  }
  const llm = await model.open()
  if (input.stream) {
    scope.beginStream()
    const streams = input.prompts.map((prompt) => llm.streamParts(prompt, options))
    return eventResponse(oneAfterAnother(streams), new OpenAICompletionEvents(identity, input), scope, settings)
  }
  const { includeRaw: _, ...callOptions } = options
  const answers = await Promise.all(input.prompts.map((prompt) => llm.complete(prompt, callOptions)))
  recordAnswers(answers, scope)
  return jsonResponse(writeOpenAICompletion(answers, identity), scope)
}

async function* oneAfterAnother(streams: readonly AsyncIterable<ModelPart>[]): AsyncGenerator<ModelPart, void> {
  for (const stream of streams) yield* stream
}
