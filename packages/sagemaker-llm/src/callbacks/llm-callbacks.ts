import type {
  ChatMessage,
  GenerationOptions,
  ModelResponseMetadata,
  StopReason,
  TokenUsage,
  ToolCall,
  ToolCallDelta,
} from '@x/bedrock-like-types'
import type { CallOperation } from './call-observer.ts'

/**
 * What every event of a call says.
 *
 * @public
 */
export interface CallEvent {
  /** The same in all events of one call, and in no other. */
  readonly callId: string
  /** The method that was called. A `converse` is a `chat`, a `converseStream` a `streamChat`. */
  readonly operation: CallOperation
  /** Endpoint that is called. */
  readonly endpointName: string
  /** Name of the model, if one was given. */
  readonly modelName: string | undefined
}

/**
 * How long a call took, in milliseconds since it began.
 *
 * @public
 */
export interface CallTimings {
  /** To the first fragment of text, reasoning or a tool call; `undefined` without one, and for answers that come whole. */
  readonly timeToFirstTokenMs: number | undefined
  /** To this event. */
  readonly durationMs: number
}

/**
 * A call begins.
 *
 * @public
 */
export interface CallStartEvent extends CallEvent {
  /** The prompt, or the messages, as they were handed in. */
  readonly input: string | readonly ChatMessage[]
  /** The generation options of this call, with the defaults of the model object. */
  readonly options: GenerationOptions
}

/**
 * A stream has brought a fragment of the answer.
 *
 * @public
 */
export interface CallTokenEvent extends CallEvent {
  /** Position of the fragment in the answer, from 0. */
  readonly index: number
  /** The text that it adds. Empty when it adds something else. */
  readonly delta: string
  /** The reasoning that it adds. */
  readonly reasoningDelta?: string | undefined
  /** What it adds to a tool call. */
  readonly toolCallDelta?: ToolCallDelta | undefined
  /** How long it took. */
  readonly timings: CallTimings
}

/**
 * A call has ended well, or was left early.
 *
 * @public
 */
export interface CallEndEvent extends CallEvent {
  /** The call was left before its end: its loop was left, its signal aborted, its iterator forgotten. */
  readonly aborted: boolean
  /** The text; so far, if the call was left early. */
  readonly text: string
  /** What the model thought before it answered. */
  readonly reasoning: string | undefined
  /** The tool calls that it asks for. */
  readonly toolCalls: readonly ToolCall[]
  /** Why the model stopped; `undefined` if the call was left early. */
  readonly stopReason: StopReason | undefined
  /** The same in the container's own word. */
  readonly rawStopReason: string | undefined
  /** Tokens used; `undefined` when the container did not report them. */
  readonly usage: TokenUsage | undefined
  /** Facts about the exchange; `undefined` if the call was left early. */
  readonly response: ModelResponseMetadata | undefined
  /** How long it took. */
  readonly timings: CallTimings
}

/**
 * A call has failed.
 *
 * @public
 */
export interface CallErrorEvent extends CallEvent {
  /** What the caller is told, too. */
  readonly error: unknown
  /** How long it took. */
  readonly timings: CallTimings
}

/**
 * What is called in the course of every call to the model: `onStart`, then `onToken` for every fragment of a stream, then
 * either `onEnd` or `onError`, each at most once.
 *
 * A call that its caller gives up (by leaving the loop, an `AbortSignal`, `close()` or forgetting the iterator) has not
 * failed: it ends with `onEnd` and `aborted: true`. What a callback throws or rejects with changes nothing; the first
 * time, it is reported as a process warning of type `SagemakerCallbackWarning`. Callbacks are not waited for.
 *
 * @public
 */
export interface LLMCallbacks {
  /** A call begins. */
  readonly onStart?: ((event: CallStartEvent) => unknown) | undefined
  /** A stream has brought a fragment of the answer. */
  readonly onToken?: ((event: CallTokenEvent) => unknown) | undefined
  /** A call has ended well, or was left early. */
  readonly onEnd?: ((event: CallEndEvent) => unknown) | undefined
  /** A call has failed. */
  readonly onError?: ((event: CallErrorEvent) => unknown) | undefined
}
