import type { AbortOption } from './abort-option.ts'
import type { ChatChunk } from './chat-chunk.ts'
import type { ChatMessage } from './chat-message.ts'
import type { ChatResponse } from './chat-response.ts'
import type { CompletionChunk } from './completion-chunk.ts'
import type { CompletionResponse } from './completion-response.ts'
import type { GenerationOptions } from './generation-options.ts'
import type { LanguageModelMetadata } from './language-model-metadata.ts'
import type { ModelPart } from './model-part.ts'

/**
 * Options of a single call.
 *
 * @public
 */
export interface GenerationCallOptions extends GenerationOptions, AbortOption {}

/**
 * What a language model is called with: a prompt that it continues, or the messages of a conversation, oldest first.
 *
 * @public
 */
export type LanguageModelInput = string | readonly ChatMessage[]

/**
 * Options of a single call that is read part by part.
 *
 * @public
 */
export interface ModelPartOptions extends GenerationCallOptions {
  /**
   * Whether every value of the wire is given as a `raw` part.
   *
   * @defaultValue false
   */
  readonly includeRaw?: boolean | undefined
}

/**
 * A language model, wherever it runs.
 *
 * Every failure rejects: a promise, or the iteration of a stream after all fragments that came before it. The last
 * fragment of a complete stream has its stop reason. Leaving a stream early ends the call.
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
  /** Answers a prompt or a conversation, step by step: the form that all others are made of. */
  streamParts(input: LanguageModelInput, options?: ModelPartOptions): AsyncIterable<ModelPart>
}
