import type { CitationLocationMembers } from './citation-location.ts'
import type { OneMember } from './one-member.ts'

/**
 * The next piece of the cited words.
 *
 * @public
 */
export interface CitationSourceContentDelta {
  /** Words of the source, as they are there. */
  readonly text?: string | undefined
}

/**
 * The next piece of a citation. Bedrock sends it; a SageMaker endpoint has no citations.
 *
 * @public
 */
export interface CitationsDelta {
  /** Title of the source. */
  readonly title?: string | undefined
  /** The source, such as a URL. */
  readonly source?: string | undefined
  /** The cited words. */
  readonly sourceContent?: CitationSourceContentDelta[] | undefined
  /** Where they stand. */
  readonly location?: OneMember<CitationLocationMembers> | undefined
}
