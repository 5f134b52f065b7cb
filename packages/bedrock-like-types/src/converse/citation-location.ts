import type { InputUnion } from './input-union.ts'

/**
 * A place on a web page.
 *
 * @public
 */
export interface WebLocation {
  /** Address of the page. */
  readonly url?: string | undefined
  /** Domain of the page. */
  readonly domain?: string | undefined
}

/**
 * A range of a document, in characters.
 *
 * @public
 */
export interface DocumentCharLocation {
  /** Index of the document in the request, from 0. */
  readonly documentIndex?: number | undefined
  /** First character, from 0. */
  readonly start?: number | undefined
  /** The character after the last. */
  readonly end?: number | undefined
}

/**
 * A range of a document, in pages.
 *
 * @public
 */
export interface DocumentPageLocation {
  /** Index of the document in the request, from 0. */
  readonly documentIndex?: number | undefined
  /** First page. */
  readonly start?: number | undefined
  /** Last page. */
  readonly end?: number | undefined
}

/**
 * A range of a document, in the pieces it was passed in as.
 *
 * @public
 */
export interface DocumentChunkLocation {
  /** Index of the document in the request, from 0. */
  readonly documentIndex?: number | undefined
  /** First piece, from 0. */
  readonly start?: number | undefined
  /** The piece after the last. */
  readonly end?: number | undefined
}

/**
 * A range of a search result, in its pieces.
 *
 * @public
 */
export interface SearchResultLocation {
  /** Index of the search result in the request, from 0. */
  readonly searchResultIndex?: number | undefined
  /** First piece, from 0. */
  readonly start?: number | undefined
  /** The piece after the last. */
  readonly end?: number | undefined
}

/**
 * Where a citation was taken from: exactly one of the members is set.
 *
 * @public
 */
export interface CitationLocationMembers {
  /** On a web page. */
  readonly web: WebLocation
  /** In a document, in characters. */
  readonly documentChar: DocumentCharLocation
  /** In a document, in pages. */
  readonly documentPage: DocumentPageLocation
  /** In a document, in pieces. */
  readonly documentChunk: DocumentChunkLocation
  /** In a search result. */
  readonly searchResultLocation: SearchResultLocation
}

/**
 * Where a citation was taken from.
 *
 * @public
 */
export type CitationLocation = InputUnion<CitationLocationMembers>
