import type { CitationsConfig } from './citations-configuration.ts'

/**
 * A piece of a search result.
 *
 * @public
 */
export interface SearchResultContentBlock {
  /** The text. */
  readonly text: string | undefined
}

/**
 * A search result that is handed to the model.
 *
 * @public
 */
export interface SearchResultBlock {
  /** Where it was found, such as a URL. */
  readonly source: string | undefined
  /** Its title. */
  readonly title: string | undefined
  /** Its text, piece by piece. */
  readonly content: readonly SearchResultContentBlock[] | undefined
  /** Whether the model is to cite it. */
  readonly citations?: CitationsConfig | undefined
}
