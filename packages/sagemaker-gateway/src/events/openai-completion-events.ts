import type { ModelPart, ModelUsage } from '@x/bedrock-like-types'
import {
  type OpenAIChunkOptions,
  OpenAICompletionChunks,
  type OpenAIIdentity,
  openaiUsageOf,
} from '@x/sagemaker-llm/openai-format'
import { sumOfUsages } from './sum-of-usages.ts'
import { OpenAIEvents } from './openai-events.ts'

/** The stream of completions: the answers to several prompts one after another, and one chunk of token counts for all of them. */
export class OpenAICompletionEvents extends OpenAIEvents {
  constructor(identity: OpenAIIdentity, { includeUsage = false }: OpenAIChunkOptions) {
    let index = 0
    let chunks = new OpenAICompletionChunks(identity)
    const usages: (ModelUsage | undefined)[] = []
    super({
      push(part: ModelPart) {
        const events = chunks.push(part)
        if (part.type === 'finish') {
          usages.push(part.usage)
          index++
          chunks = new OpenAICompletionChunks(identity, {}, index)
        }
        return events
      },
      flush() {
        const usage = includeUsage ? openaiUsageOf(sumOfUsages(usages)) : undefined
        const { id, created, model } = identity
        return usage === undefined ? [] : [{ id, object: 'text_completion', created, model, choices: [], usage }]
      },
    })
  }
}
