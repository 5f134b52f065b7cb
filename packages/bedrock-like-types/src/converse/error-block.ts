/**
 * Why a media block could not be used.
 *
 * @public
 */
export interface ErrorBlock {
  /** What went wrong, for people. */
  readonly message?: string | undefined
}
