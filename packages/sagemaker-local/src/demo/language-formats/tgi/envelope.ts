import type { DemoSettings } from '../generation.ts'

/** The members that every OpenAI-shaped answer of TGI has; its `id` is empty. */
export function tgiEnvelope(object: string, { modelName }: DemoSettings): Record<string, unknown> {
  return {
    object,
    id: '',
    created: Math.floor(Date.now() / 1000),
    model: modelName,
    system_fingerprint: '3.3.7-native',
  }
}

export function tgiUsage(promptTokens: number, completionTokens: number): Record<string, number> {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  }
}
