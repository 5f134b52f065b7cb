/**
 * What a guardrail of Bedrock found in one text. Opaque: a SageMaker endpoint has no guardrails, and the SDK's own type of
 * this name describes what Bedrock sends.
 *
 * @public
 */
export interface GuardrailAssessment {}
