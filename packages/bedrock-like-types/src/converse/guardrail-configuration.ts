/**
 * How much a guardrail reports.
 *
 * @public
 */
export type GuardrailTrace = 'disabled' | 'enabled' | 'enabled_full'

/**
 * Whether a guardrail holds back text until it has looked at it.
 *
 * @public
 */
export type GuardrailStreamProcessingMode = 'async' | 'sync'

/**
 * A guardrail that Bedrock is to apply.
 *
 * @public
 */
export interface GuardrailConfiguration {
  /** Id of the guardrail. */
  readonly guardrailIdentifier?: string | undefined
  /** Number of a version, or `DRAFT`. */
  readonly guardrailVersion?: string | undefined
  /** How much it reports. */
  readonly trace?: GuardrailTrace | undefined
}

/**
 * A guardrail that Bedrock is to apply to a stream.
 *
 * @public
 */
export interface GuardrailStreamConfiguration extends GuardrailConfiguration {
  /** Whether it holds back text until it has looked at it. */
  readonly streamProcessingMode?: GuardrailStreamProcessingMode | undefined
}
