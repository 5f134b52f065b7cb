import type { CitationLocation } from './citation-location.ts'
import type { InputUnion } from './input-union.ts'

/**
 * The cited words.
 *
 * @public
 */
export type CitationSourceContent = InputUnion<{
  /** Words of the source, as they are there. */
  readonly text: string
}>

/**
 * One citation.
 *
 * @public
 */
export interface Citation {
  /** Title of the source. */
  readonly title?: string | undefined
  /** The source, such as a URL. */
  readonly source?: string | undefined
  /** The cited words. */
  readonly sourceContent?: readonly CitationSourceContent[] | undefined
  /** Where they stand. */
  readonly location?: CitationLocation | undefined
}
