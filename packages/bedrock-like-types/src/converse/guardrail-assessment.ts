/**
 * What a guardrail of Bedrock found in one text. Kept opaque: only Bedrock produces it, and the SDK's own type describes it.
 *
 * @public
 */
export interface GuardrailAssessment {
  /** No member is described here. */
  readonly topicPolicy?: undefined
}
