import { randomUUID } from 'node:crypto'
import type { Turn } from '../language/beginning.ts'
import { startGeneration, type DemoSettings } from './generation.ts'
import type { OpenAiParameters } from './openai-parameters.ts'
import { StopFilter } from './stop-filter.ts'

/** A piece of an answer; the last one says why it ended. */
export interface OpenAiDelta {
  readonly text: string
  readonly end?: OpenAiEnd | undefined
}

/** How an answer ended: `stopReason` is the stop sequence that was met, if any. */
export interface OpenAiEnd {
  readonly finishReason: 'stop' | 'length'
  readonly stopReason: string | null
  readonly usage: OpenAiUsage
}

/** Token counts as OpenAI spells them. */
export interface OpenAiUsage {
  readonly prompt_tokens: number
  readonly total_tokens: number
  readonly completion_tokens: number
}

/** Generates an answer token by token, without its stop sequence. */
export function* openAiDeltas(prompt: string | readonly Turn[], parameters: OpenAiParameters): Generator<OpenAiDelta> {
  const { inputLength, tokens } = startGeneration(prompt, parameters)
  const filter = new StopFilter(parameters.stopSequences)
  let count = 0
  const end = (finishReason: 'stop' | 'length'): OpenAiEnd => ({
    finishReason,
    stopReason: filter.matched ?? null,
    usage: { prompt_tokens: inputLength, total_tokens: inputLength + count, completion_tokens: count },
  })
  for (;;) {
    const next = tokens.next()
    if (next.done) return yield { text: filter.end(), end: end(next.value === 'length' ? 'length' : 'stop') }
    count += 1
    const text = filter.push(next.value.special ? '' : next.value.text)
    if (filter.matched !== undefined) return yield { text, end: end('stop') }
    if (text !== '') yield { text }
  }
}

/** The whole answer. */
export function openAiAnswer(deltas: Iterable<OpenAiDelta>): { text: string; end: OpenAiEnd } {
  let text = ''
  let end: OpenAiEnd | undefined
  for (const delta of deltas) {
    text += delta.text
    end = delta.end
  }
  if (end === undefined) throw new Error('An answer ended without a reason.')
  return { text, end }
}

/** The members that every answer and every chunk of it has. */
export function openAiEnvelope(prefix: string, object: string, { modelName }: DemoSettings): Record<string, unknown> {
  return {
    id: `${prefix}-${randomUUID().replaceAll('-', '')}`,
    object,
    created: Math.floor(Date.now() / 1000),
    model: modelName,
  }
}
