import type { Citation } from './citation.ts'
import type { InputUnion } from './input-union.ts'

/**
 * Text of the model that a citation supports.
 *
 * @public
 */
export type CitationGeneratedContent = InputUnion<{
  /** What the model wrote on the basis of the citations. */
  readonly text: string
}>

/**
 * Text of the model together with its citations.
 *
 * @public
 */
export interface CitationsContentBlock {
  /** The generated text that the citations support. */
  readonly content?: readonly CitationGeneratedContent[] | undefined
  /** What supports it. */
  readonly citations?: readonly Citation[] | undefined
}
