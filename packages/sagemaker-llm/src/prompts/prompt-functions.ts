import type { ChatMessage, Tool } from '@x/bedrock-like-types'

export type PromptStyle = 'llama2' | 'llama3' | 'mistral' | 'chatml' | 'gemma' | 'generic'

export interface PromptContext {
  readonly tools?: readonly Tool[] | undefined
  readonly systemPrompt?: string | undefined
}

export type MessagesToPrompt = (messages: readonly ChatMessage[], context: PromptContext) => string | Promise<string>

export type CompletionToPrompt = (prompt: string, context: PromptContext) => string | Promise<string>
