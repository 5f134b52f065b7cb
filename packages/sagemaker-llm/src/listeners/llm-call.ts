import type {
  ChatMessage,
  GenerationOptions,
  ModelResponseMetadata,
  ModelUsage,
  StopReason,
  ToolCall,
  ToolCallDelta,
} from '@x/bedrock-like-types'

/**
 * A method that calls the model.
 *
 * @public
 */
export type LLMOperation = 'complete' | 'streamComplete' | 'chat' | 'streamChat' | 'streamParts'

/** What is known about a call before it starts. */
export interface LLMCall {
  readonly operation: LLMOperation
  readonly endpointName: string
  readonly inferenceComponentName?: string | undefined
  readonly modelName?: string | undefined
  /** As it was passed in. */
  readonly input: string | readonly ChatMessage[]
  /** The option `systemPrompt`. */
  readonly systemPrompt?: string | undefined
  /** The options of the call over those of the model object. */
  readonly options: GenerationOptions
}

/** A chunk of an answer that adds something to it. */
export interface LLMProgress {
  /** Position among these chunks, from 0. */
  readonly index: number
  readonly delta: string
  readonly reasoningDelta?: string | undefined
  readonly toolCallDelta?: ToolCallDelta | undefined
}

/** What came of a call that did not fail. */
export interface LLMOutcome {
  readonly aborted: boolean
  readonly text: string
  readonly reasoning: string | undefined
  readonly toolCalls: readonly ToolCall[]
  readonly stopReason: StopReason | undefined
  readonly rawStopReason: string | undefined
  readonly usage: ModelUsage | undefined
  readonly response: ModelResponseMetadata | undefined
  /** The container's own answer, or the last value of it, parsed. */
  readonly raw: unknown
}
