import type { GuardrailTraceAssessment } from './guardrail-trace-assessment.ts'

/**
 * Where a router of Bedrock sent the request.
 *
 * @public
 */
export interface PromptRouterTrace {
  /** Model that answered. */
  readonly invokedModelId?: string | undefined
}

/**
 * What a guardrail or a router of Bedrock reported. A SageMaker endpoint has neither: this is never set here.
 *
 * @public
 */
export interface ConverseTrace {
  /** What the guardrail found. */
  readonly guardrail?: GuardrailTraceAssessment | undefined
  /** Where the router sent the request. */
  readonly promptRouter?: PromptRouterTrace | undefined
}

/**
 * The same for a streamed call.
 *
 * @public
 */
export type ConverseStreamTrace = ConverseTrace
