import type { CitationsConfig } from './citations-configuration.ts'

/**
 * A piece of a search result.
 *
 * @public
 */
export interface SearchResultContentBlock {
  /** A passage of what was found. */
  readonly text: string | undefined
}

/**
 * A search result that is passed to the model.
 *
 * @public
 */
export interface SearchResultBlock {
  /** Where it was found, such as a URL. */
  readonly source: string | undefined
  /** What a citation is shown as. */
  readonly title: string | undefined
  /** Its text, piece by piece. */
  readonly content: readonly SearchResultContentBlock[] | undefined
  /** Whether the model is to cite it. */
  readonly citations?: CitationsConfig | undefined
}
