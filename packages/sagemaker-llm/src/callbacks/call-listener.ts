import type {
  ChatChunk,
  ChatMessage,
  ChatResponse,
  CompletionChunk,
  CompletionResponse,
  GenerationOptions,
  ToolCallDelta,
} from '@x/bedrock-like-types'
import type { LLMEndEvent, LLMEvent, LLMTimings } from './llm-callbacks.ts'

/**
 * A method that calls the model.
 *
 * @public
 */
export type LLMOperation = 'complete' | 'streamComplete' | 'chat' | 'streamChat'

/** What is known about a call before it begins. */
export interface ObservedCall {
  readonly operation: LLMOperation
  readonly endpointName: string
  readonly inferenceComponentName?: string | undefined
  readonly modelName?: string | undefined
  /** As it was handed in. */
  readonly input: string | readonly ChatMessage[]
  /** The option `systemPrompt`. */
  readonly systemPrompt?: string | undefined
  /** The options of the call over those of the model object. */
  readonly options: GenerationOptions
}

/** Opens the stream of an answer. */
export type ObservableSource<T> = (signal: AbortSignal) => AsyncIterable<T> | PromiseLike<AsyncIterable<T>>

/** Sees every call to the model. Changes nothing about it. */
export interface CallObserver {
  /** Runs a call whose answer comes whole. */
  call<T extends ChatResponse | CompletionResponse>(call: ObservedCall, run: () => Promise<T>): Promise<T>
  /** The same source, observed: for `ResponseStream.from`. Each time it is opened is a call of its own. */
  stream<T extends ChatChunk | CompletionChunk>(call: ObservedCall, source: ObservableSource<T>): ObservableSource<T>
}

/** A call that begins. */
export interface StartedCall extends ObservedCall {
  readonly callId: string
}

/** A fragment of an answer. */
export interface CallToken {
  readonly index: number
  readonly delta: string
  readonly reasoningDelta?: string | undefined
  readonly toolCallDelta?: ToolCallDelta | undefined
  readonly timings: LLMTimings
}

/** What has come of a call that did not fail. */
export interface CallOutcome extends Omit<LLMEndEvent, keyof LLMEvent> {
  /** The container's own answer, or the last value of it, parsed. */
  readonly raw: unknown
}

/** Keeps record of one call. Exactly one of `end` and `fail` is called, last. None of them throws. */
export interface CallRecord {
  token(token: CallToken): void
  end(outcome: CallOutcome): void
  fail(error: unknown, timings: LLMTimings): void
}

/** Wants to know about calls: callbacks, telemetry. */
export interface CallListener {
  /** Runs the beginning of a call (in the context of a span, say) and gives it the record to keep. */
  begin<R>(call: StartedCall, run: (record: CallRecord) => R): R
}
