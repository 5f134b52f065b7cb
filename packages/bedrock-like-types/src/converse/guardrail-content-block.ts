import type { InputUnion } from './input-union.ts'

/**
 * What role a text plays for a guardrail.
 *
 * @public
 */
export type GuardrailConverseContentQualifier = 'grounding_source' | 'guard_content' | 'query'

/**
 * The format of an image for a guardrail.
 *
 * @public
 */
export type GuardrailConverseImageFormat = 'jpeg' | 'png'

/**
 * An image for a guardrail, as bytes.
 *
 * @public
 */
export type GuardrailConverseImageSource = InputUnion<{
  /** The file itself. */
  readonly bytes: Uint8Array
}>

/**
 * A text that a guardrail is to look at.
 *
 * @public
 */
export interface GuardrailConverseTextBlock {
  /** What is checked. */
  readonly text: string | undefined
  /** The roles it plays. */
  readonly qualifiers?: readonly GuardrailConverseContentQualifier[] | undefined
}

/**
 * An image that a guardrail is to look at.
 *
 * @public
 */
export interface GuardrailConverseImageBlock {
  /** The format of the file. */
  readonly format: GuardrailConverseImageFormat | undefined
  /** The image, as bytes. */
  readonly source: GuardrailConverseImageSource | undefined
}

/**
 * Content that a guardrail is to look at.
 *
 * @public
 */
export type GuardrailConverseContentBlock = InputUnion<{
  /** Text to check. */
  readonly text: GuardrailConverseTextBlock
  /** Image to check. */
  readonly image: GuardrailConverseImageBlock
}>
