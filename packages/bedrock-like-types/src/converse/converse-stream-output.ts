import type { ContentBlockDeltaEvent, ContentBlockStartEvent, ContentBlockStopEvent } from './content-block-events.ts'
import type { ConverseMetrics } from './converse-metrics.ts'
import type { ConverseStreamException } from './converse-stream-exception.ts'
import type { ConverseTrace } from './converse-trace.ts'
import type { DocumentType } from './document-type.ts'
import type { OneMember } from './one-member.ts'
import type { PerformanceConfiguration } from './performance-configuration.ts'
import type { ServiceTier } from './service-tier.ts'
import type { StopReason } from './stop-reason.ts'
import type { TokenUsage } from './token-usage.ts'

/**
 * The model begins its turn.
 *
 * @public
 */
export interface MessageStartEvent {
  /** The model speaks. */
  readonly role: 'assistant'
}

/**
 * The model has ended its turn.
 *
 * @public
 */
export interface MessageStopEvent {
  /** Why it stopped. */
  readonly stopReason: StopReason
  /** Fields of the model's own answer that were asked for. */
  readonly additionalModelResponseFields?: DocumentType | undefined
}

/**
 * What the call has cost. The last event of a stream.
 *
 * @public
 */
export interface ConverseStreamMetadataEvent {
  /** Tokens used; `undefined` when the container did not report them. */
  readonly usage: TokenUsage | undefined
  /** Times of the call. */
  readonly metrics: ConverseMetrics
  /** What a guardrail or a router of Bedrock reported. */
  readonly trace?: ConverseTrace | undefined
  /** Performance settings of Bedrock. */
  readonly performanceConfig?: PerformanceConfiguration | undefined
  /** Service tier of Bedrock. */
  readonly serviceTier?: ServiceTier | undefined
}

/**
 * One event of `converseStream`, in this order: `messageStart`; for each content block `contentBlockStart` (tool calls only),
 * `contentBlockDelta` any number of times, `contentBlockStop`; `messageStop`; `metadata`.
 *
 * Can be used where the Bedrock SDK's `ConverseStreamOutput` is wanted. The exception members exist so that code which
 * asks for them compiles; a failure here rejects the iteration instead, as its error.
 *
 * @public
 */
export type ConverseStreamOutput = OneMember<
  {
    /** The model begins its turn. */
    readonly messageStart: MessageStartEvent
    /** A content block begins. */
    readonly contentBlockStart: ContentBlockStartEvent
    /** A content block goes on. */
    readonly contentBlockDelta: ContentBlockDeltaEvent
    /** A content block has ended. */
    readonly contentBlockStop: ContentBlockStopEvent
    /** The model has ended its turn. */
    readonly messageStop: MessageStopEvent
    /** What the call has cost. */
    readonly metadata: ConverseStreamMetadataEvent
  },
  ConverseStreamException
>
