/**
 * A fragment of the model's request to call a tool.
 *
 * @public
 */
export interface ToolCallDelta {
  /** Which call of this answer it belongs to, from 0. */
  readonly index: number
  /** Id of the call; with the call's first fragment only. */
  readonly id?: string | undefined
  /** Name of the tool; with the call's first fragment only. */
  readonly name?: string | undefined
  /** The next piece of the arguments, as JSON text: only all pieces together are JSON. */
  readonly input?: string | undefined
}
