import type { SourceText } from './source-text.ts'

/** Texts that came from the source together. */
export interface TextGroup {
  readonly texts: readonly SourceText[]
  /** Whether the source has more: at once, later (what was gathered is not to wait for it), or never. */
  readonly more: 'now' | 'later' | 'never'
}
