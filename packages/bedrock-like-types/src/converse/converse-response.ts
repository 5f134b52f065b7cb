import type { ConverseMetrics } from './converse-metrics.ts'
import type { ConverseResponseMetadata } from './converse-response-metadata.ts'
import type { ConverseTrace } from './converse-trace.ts'
import type { DocumentType } from './document-type.ts'
import type { OutputMessage } from './output-message.ts'
import type { PerformanceConfiguration } from './performance-configuration.ts'
import type { ServiceTier } from './service-tier.ts'
import type { StopReason } from './stop-reason.ts'
import type { TokenUsage } from './token-usage.ts'

/**
 * What the model answered.
 *
 * @public
 */
export interface ConverseOutput {
  /** The model's turn. */
  readonly message: OutputMessage
}

/**
 * What `converse` answers. Can be used where the Bedrock SDK's `ConverseCommandOutput` is wanted.
 *
 * @public
 */
export interface ConverseResponse {
  /** The model's turn. */
  readonly output: ConverseOutput
  /** Why the model stopped. */
  readonly stopReason: StopReason
  /** Tokens used; `undefined` when the container did not report them. */
  readonly usage: TokenUsage | undefined
  /** Times of the call. */
  readonly metrics: ConverseMetrics
  /** Fields of the model's own answer that were asked for. */
  readonly additionalModelResponseFields?: DocumentType | undefined
  /** What a guardrail or a router of Bedrock reported. */
  readonly trace?: ConverseTrace | undefined
  /** Performance settings of Bedrock. */
  readonly performanceConfig?: PerformanceConfiguration | undefined
  /** Service tier of Bedrock. */
  readonly serviceTier?: ServiceTier | undefined
  /** Facts about the HTTP exchange. */
  readonly $metadata: ConverseResponseMetadata
}
