import type { AbortOption } from './abort-option.ts'
import type { ChatChunk } from './chat-chunk.ts'
import type { ChatMessage } from './chat-message.ts'
import type { ChatResponse } from './chat-response.ts'
import type { CompletionChunk } from './completion-chunk.ts'
import type { CompletionResponse } from './completion-response.ts'
import type { GenerationOptions } from './generation-options.ts'
import type { LanguageModelMetadata } from './language-model-metadata.ts'

/**
 * Options of a single call.
 *
 * @public
 */
export interface GenerationCallOptions extends GenerationOptions, AbortOption {}

/**
 * A language model, wherever it runs.
 *
 * Every failure rejects: a promise, or the iteration of a stream after all fragments that came before it. A stream that
 * ended well has told its stop reason. Leaving a stream early ends the call.
 *
 * @public
 */
export interface LanguageModel {
  /** What is known about the model before it is called. */
  readonly metadata: LanguageModelMetadata
  /** Continues a prompt. */
  complete(prompt: string, options?: GenerationCallOptions): Promise<CompletionResponse>
  /** Continues a prompt, fragment by fragment. */
  streamComplete(prompt: string, options?: GenerationCallOptions): AsyncIterable<CompletionChunk>
  /** Answers in a conversation, oldest message first. */
  chat(messages: readonly ChatMessage[], options?: GenerationCallOptions): Promise<ChatResponse>
  /** Answers in a conversation, fragment by fragment. */
  streamChat(messages: readonly ChatMessage[], options?: GenerationCallOptions): AsyncIterable<ChatChunk>
}
