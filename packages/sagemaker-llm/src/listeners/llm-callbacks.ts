import type {
  ChatMessage,
  GenerationOptions,
  ModelResponseMetadata,
  ModelUsage,
  StopReason,
  ToolCall,
  ToolCallDelta,
} from '@x/bedrock-like-types'
import { type CallListener, HookSet } from '@x/sagemaker-endpoint/model-kit'
import type { LLMCall, LLMOperation, LLMOutcome, LLMProgress } from './llm-call.ts'

/**
 * Identifies a call in its events.
 *
 * @public
 */
export interface LLMEvent {
  /** The same in all events of one call. */
  readonly callId: string
  /** The method that was called. A `converse` is a `chat`, a `converseStream` a `streamChat`. */
  readonly operation: LLMOperation
  /** Endpoint that is called. */
  readonly endpointName: string
  /** Name of the model, if one was given. */
  readonly modelName: string | undefined
}

/**
 * How long a call took, in milliseconds since it started.
 *
 * @public
 */
export interface LLMTimings {
  /** To the first chunk of text, reasoning or a tool call; `undefined` without one, and for answers that come whole. */
  readonly timeToFirstTokenMs: number | undefined
  /** To this event. */
  readonly durationMs: number
}

/**
 * A call starts.
 *
 * @public
 */
export interface LLMStartEvent extends LLMEvent {
  /** The prompt, or the messages, as they were passed in. */
  readonly input: string | readonly ChatMessage[]
  /** The generation options of this call, with the defaults of the model object. */
  readonly options: GenerationOptions
}

/**
 * A chunk of a streamed answer arrived.
 *
 * @public
 */
export interface LLMTokenEvent extends LLMEvent {
  /** Position of the chunk in the answer, from 0. */
  readonly index: number
  /** The text that it adds. Empty when it adds something else. */
  readonly delta: string
  /** The reasoning that it adds. */
  readonly reasoningDelta?: string | undefined
  /** What it adds to a tool call. */
  readonly toolCallDelta?: ToolCallDelta | undefined
  /** How long it took. */
  readonly timings: LLMTimings
}

/**
 * A call ended without an error, or was left early.
 *
 * @public
 */
export interface LLMEndEvent extends LLMEvent {
  /** The call was left before its end: its loop was left, its signal aborted, its iterator garbage-collected. */
  readonly aborted: boolean
  /** The text; so far, if the call was left early. */
  readonly text: string
  /** The reasoning of the model. */
  readonly reasoning: string | undefined
  /** The tool calls that it asks for. */
  readonly toolCalls: readonly ToolCall[]
  /** Why the model stopped; `undefined` if the call was left early. */
  readonly stopReason: StopReason | undefined
  /** The same in the container's own word. */
  readonly rawStopReason: string | undefined
  /** Tokens used; `undefined` when the container did not report them. */
  readonly usage: ModelUsage | undefined
  /** Facts about the exchange; `undefined` if the call was left early. */
  readonly response: ModelResponseMetadata | undefined
  /** How long it took. */
  readonly timings: LLMTimings
}

/**
 * A call failed.
 *
 * @public
 */
export interface LLMErrorEvent extends LLMEvent {
  /** The error that the caller gets. */
  readonly error: unknown
  /** How long it took. */
  readonly timings: LLMTimings
}

/**
 * Functions that see every call to the model: `onStart`, then `onToken` for every chunk of a stream, then either `onEnd` or
 * `onError`, each at most once.
 *
 * A call that its caller gives up (by leaving the loop, an `AbortSignal`, `close()` or forgetting the iterator) has not
 * failed: it ends with `onEnd` and `aborted: true`. Callbacks can be asynchronous and are not waited for. A callback that throws
 * or rejects never affects the call; its first failure is a process warning of type `SagemakerHookWarning`.
 *
 * @public
 */
export interface LLMCallbacks {
  /** A call starts. */
  readonly onStart?: ((event: LLMStartEvent) => unknown) | undefined
  /** A chunk of a streamed answer arrived. */
  readonly onToken?: ((event: LLMTokenEvent) => unknown) | undefined
  /** A call ended without an error, or was left early. */
  readonly onEnd?: ((event: LLMEndEvent) => unknown) | undefined
  /** A call failed. */
  readonly onError?: ((event: LLMErrorEvent) => unknown) | undefined
}

/** Runs the callbacks of a model object. */
export function callbackListener(callbacks: LLMCallbacks): CallListener<LLMCall, LLMProgress, LLMOutcome> {
  const hooks = new HookSet(callbacks)
  return {
    name: 'callbacks',
    start: ({ callId, operation, endpointName, modelName, input, options }) => {
      const event: LLMEvent = { callId, operation, endpointName, modelName }
      let timeToFirstTokenMs: number | undefined
      const timings = (durationMs: number): LLMTimings => ({ timeToFirstTokenMs, durationMs })
      hooks.run('onStart', { ...event, input, options })
      return {
        progress: (progress, elapsedMs) => {
          timeToFirstTokenMs ??= elapsedMs
          hooks.run('onToken', { ...event, ...progress, timings: timings(elapsedMs) })
        },
        end: ({ raw: _raw, ...outcome }, elapsedMs) =>
          hooks.run('onEnd', { ...event, ...outcome, timings: timings(elapsedMs) }),
        fail: (error, elapsedMs) => hooks.run('onError', { ...event, error, timings: timings(elapsedMs) }),
      }
    },
  }
}
