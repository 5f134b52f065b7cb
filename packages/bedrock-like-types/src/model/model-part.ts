import type { StopReason } from '../converse/stop-reason.ts'
import type { CallWarning } from './call-warning.ts'
import type { ModelUsage } from './model-usage.ts'
import type { ModelResponseMetadata } from './response-metadata.ts'

/**
 * The request as it is sent.
 *
 * @public
 */
export interface ModelPartRequest {
  /** Body of the request as text. Computed when it is read. */
  readonly body: string
  /** Content type of the body. */
  readonly contentType: string
}

/**
 * The call begins. The first part of every answer, given before the request is sent.
 *
 * @public
 */
export interface StartPart {
  /** The call begins. */
  readonly type: 'start'
  /** What is about to be sent. */
  readonly request: ModelPartRequest
  /** What of the request the container has no parameter for. */
  readonly warnings: readonly CallWarning[]
}

/**
 * The container has begun to answer. Given once, with the first value of the wire: before its `raw` part and before any block.
 *
 * @public
 */
export interface ResponsePart {
  /** The container has begun to answer. */
  readonly type: 'response'
  /** Facts about the exchange, as far as they are known at this moment. */
  readonly response: ModelResponseMetadata
  /** The container's id of the answer. */
  readonly id?: string | undefined
  /** The container's name of the model. */
  readonly modelName?: string | undefined
  /** When the container began to answer, by its own clock. */
  readonly createdAt?: Date | undefined
}

/**
 * A block of text or of reasoning begins or ends. Such a block is closed before another block begins.
 *
 * @public
 */
export interface BlockBoundaryPart {
  /** What begins or ends. */
  readonly type: 'text-start' | 'text-end' | 'reasoning-start' | 'reasoning-end'
  /** Position of the block among all blocks of the answer, from 0. */
  readonly index: number
}

/**
 * A fragment of a block of text or of reasoning.
 *
 * @public
 */
export interface BlockDeltaPart {
  /** What the text is added to. */
  readonly type: 'text-delta' | 'reasoning-delta'
  /** Position of the block among all blocks of the answer, from 0. */
  readonly index: number
  /** The text that is added. Never empty, and never ends within a surrogate pair. */
  readonly text: string
}

/**
 * The model begins to ask for the call of a tool. Calls that the model asks for in parallel may interleave.
 *
 * @public
 */
export interface ToolCallStartPart {
  /** The model begins to ask for a call. */
  readonly type: 'tool-call-start'
  /** Position of the block among all blocks of the answer, from 0. */
  readonly index: number
  /** Id of the call; the message with the tool's result has to name it. */
  readonly id: string
  /** Name of the tool. */
  readonly name: string
}

/**
 * A fragment of the arguments of a tool call.
 *
 * @public
 */
export interface ToolCallDeltaPart {
  /** More of the arguments. */
  readonly type: 'tool-call-delta'
  /** Position of the block among all blocks of the answer, from 0. */
  readonly index: number
  /** The next piece of the arguments, as JSON text: only all pieces together are JSON. */
  readonly input: string
}

/**
 * A tool call is complete. Given as soon as that is known, which can be before the end of the answer.
 *
 * @public
 */
export interface ToolCallEndPart {
  /** The call is complete. */
  readonly type: 'tool-call-end'
  /** Position of the block among all blocks of the answer, from 0. */
  readonly index: number
  /** Id of the call. */
  readonly id: string
  /** Name of the tool. */
  readonly name: string
  /** The arguments as JSON text: all fragments of this call. Exact, also for integers beyond 2^53. */
  readonly inputText: string
  /** The arguments, parsed. `{}` for an empty text; `undefined` when the text is not a JSON object. */
  readonly input: unknown
  /** Whether the text of the arguments is not a JSON object. */
  readonly malformed: boolean
}

/**
 * A value of the wire, before what was made of it. Given only to calls with `includeRaw: true`.
 *
 * @public
 */
export interface RawPart {
  /** A value of the wire. */
  readonly type: 'raw'
  /** The container's own value, parsed. */
  readonly value: unknown
}

/**
 * The answer is complete. The last part of every answer that did not fail.
 *
 * @public
 */
export interface FinishPart {
  /** The answer is complete. */
  readonly type: 'finish'
  /** Why the model stopped. */
  readonly stopReason: StopReason
  /** The same in the container's own word; `undefined` when it gave none. */
  readonly rawStopReason: string | undefined
  /** The stop sequence at which the answer ended, where that is known. */
  readonly stopSequence?: string | undefined
  /** Tokens used; `undefined` when the container did not report them. */
  readonly usage: ModelUsage | undefined
  /** Facts about the exchange, all of them. */
  readonly response: ModelResponseMetadata
}

/**
 * One step of a model's answer. Every other form of an answer (chat chunks, completion chunks, Converse's events, the parts and
 * events of other frameworks) is a projection of these.
 *
 * 1. Order: `start`, `response`, the blocks, `finish`. `raw` parts stand before what was made of their value.
 * 2. The indices of blocks count up from 0 over the whole answer, whatever their kind.
 * 3. A failure throws. What had arrived came before it.
 *
 * @public
 */
export type ModelPart =
  | StartPart
  | ResponsePart
  | BlockBoundaryPart
  | BlockDeltaPart
  | ToolCallStartPart
  | ToolCallDeltaPart
  | ToolCallEndPart
  | RawPart
  | FinishPart
