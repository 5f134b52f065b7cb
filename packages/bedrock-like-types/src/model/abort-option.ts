/**
 * Ends a call from outside.
 *
 * @public
 */
export interface AbortOption {
  /** Aborting it ends the call at once and rejects it. */
  readonly signal?: AbortSignal | undefined
}
