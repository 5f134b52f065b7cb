import type { LanguageModelV4CallOptions, LanguageModelV4StreamPart } from '@ai-sdk/provider'
import type { SagemakerLanguageModelSettings } from '../contract/settings.ts'

/** A stream of a container, and what the AI SDK gets of it. */
export interface ContainerStream {
  readonly name: string
  readonly settings: SagemakerLanguageModelSettings
  readonly call?: Partial<LanguageModelV4CallOptions>
  /** The stream, byte for byte. */
  readonly stream: string
  readonly parts: readonly LanguageModelV4StreamPart[]
}

const weather: NonNullable<LanguageModelV4CallOptions['tools']>[number] = {
  type: 'function',
  name: 'get_weather',
  description: 'Weather by city',
  inputSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
}
export const tools: Partial<LanguageModelV4CallOptions> = { tools: [weather], toolChoice: { type: 'auto' } }

/** For containers that take prompts only. */
export const asPrompt = { messagesToPrompt: 'chatml' } as const
