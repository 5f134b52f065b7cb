/**
 * Whether the model is to cite a document or search result.
 *
 * @public
 */
export interface CitationsConfig {
  /** `true` asks for citations. */
  readonly enabled: boolean | undefined
}
