import { randomUUID } from 'node:crypto'
import type { AnswerEnd } from '../deltas.ts'
import type { DemoSettings } from '../generation.ts'

/** Token counts as OpenAI spells them. */
export interface OpenAIUsage {
  readonly prompt_tokens: number
  readonly total_tokens: number
  readonly completion_tokens: number
}

export function openaiUsage({
  inputTokens,
  outputTokens,
}: Pick<AnswerEnd, 'inputTokens' | 'outputTokens'>): OpenAIUsage {
  return { prompt_tokens: inputTokens, total_tokens: inputTokens + outputTokens, completion_tokens: outputTokens }
}

/** The members that every answer and every chunk of it has. */
export function openaiEnvelope(prefix: string, object: string, { modelName }: DemoSettings): Record<string, unknown> {
  return {
    id: `${prefix}-${randomUUID().replaceAll('-', '')}`,
    object,
    created: Math.floor(Date.now() / 1000),
    model: modelName,
  }
}
