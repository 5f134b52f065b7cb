import type { GuardrailAssessment } from './guardrail-assessment.ts'

/**
 * What a guardrail found.
 *
 * @public
 */
export interface GuardrailTraceAssessment {
  /** The model's own answer, before the guardrail. */
  readonly modelOutput?: string[] | undefined
  /** What was found in the prompt, by guardrail. */
  readonly inputAssessment?: Record<string, GuardrailAssessment> | undefined
  /** What was found in the answer, by guardrail. */
  readonly outputAssessments?: Record<string, GuardrailAssessment[]> | undefined
  /** Why it intervened. */
  readonly actionReason?: string | undefined
}
