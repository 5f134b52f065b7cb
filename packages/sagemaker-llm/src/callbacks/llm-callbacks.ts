import type {
  ChatMessage,
  GenerationOptions,
  ModelResponseMetadata,
  StopReason,
  ModelUsage,
  ToolCall,
  ToolCallDelta,
} from '@x/bedrock-like-types'
import type { CallListener, LLMOperation } from './call-listener.ts'

/**
 * What every event of a call says.
 *
 * @public
 */
export interface LLMEvent {
  /** The same in all events of one call, and in no other. */
  readonly callId: string
  /** The method that was called. A `converse` is a `chat`, a `converseStream` a `streamChat`. */
  readonly operation: LLMOperation
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
export interface LLMTimings {
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
export interface LLMStartEvent extends LLMEvent {
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
export interface LLMTokenEvent extends LLMEvent {
  /** Position of the fragment in the answer, from 0. */
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
 * A call has ended well, or was left early.
 *
 * @public
 */
export interface LLMEndEvent extends LLMEvent {
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
  readonly usage: ModelUsage | undefined
  /** Facts about the exchange; `undefined` if the call was left early. */
  readonly response: ModelResponseMetadata | undefined
  /** How long it took. */
  readonly timings: LLMTimings
}

/**
 * A call has failed.
 *
 * @public
 */
export interface LLMErrorEvent extends LLMEvent {
  /** What the caller is told, too. */
  readonly error: unknown
  /** How long it took. */
  readonly timings: LLMTimings
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
  readonly onStart?: ((event: LLMStartEvent) => unknown) | undefined
  /** A stream has brought a fragment of the answer. */
  readonly onToken?: ((event: LLMTokenEvent) => unknown) | undefined
  /** A call has ended well, or was left early. */
  readonly onEnd?: ((event: LLMEndEvent) => unknown) | undefined
  /** A call has failed. */
  readonly onError?: ((event: LLMErrorEvent) => unknown) | undefined
}

/** Calls the user's callbacks. Nothing that they do gets through to the call. */
export function callbackListener(callbacks: LLMCallbacks): CallListener {
  const reported = new Set<keyof LLMCallbacks>()
  const report = (name: keyof LLMCallbacks, thrown: unknown): void => {
    if (reported.has(name)) return
    reported.add(name)
    const warning = new Error(`The callback ${name} has thrown: ${describe(thrown)}`, { cause: thrown })
    warning.name = 'SagemakerCallbackWarning'
    process.emitWarning(warning)
  }
  const notify = <E>(name: keyof LLMCallbacks, callback: ((event: E) => unknown) | undefined, event: E): void => {
    try {
      const result = callback?.(event)
      if (result instanceof Promise) result.catch((thrown: unknown) => report(name, thrown))
    } catch (thrown) {
      report(name, thrown)
    }
  }
  return {
    begin: (call, run) => {
      const { callId, operation, endpointName, modelName, input, options } = call
      const base: LLMEvent = { callId, operation, endpointName, modelName }
      notify('onStart', callbacks.onStart, { ...base, input, options })
      return run({
        token: (token) => notify('onToken', callbacks.onToken, { ...base, ...token }),
        end: ({ raw: _raw, ...outcome }) => notify('onEnd', callbacks.onEnd, { ...base, ...outcome }),
        fail: (error, timings) => notify('onError', callbacks.onError, { ...base, error, timings }),
      })
    },
  }
}

function describe(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : typeof thrown
}
