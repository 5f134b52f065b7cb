/**
 * A request that could not be passed on as it was made, such as an option that the container has no parameter for. The call
 * goes on without it.
 *
 * @public
 */
export interface CallWarning {
  /** Name of the option that the warning is about, as the caller wrote it; `undefined` when it is about no single option. */
  readonly option?: string | undefined
  /** What was not passed on, and what was sent instead. Contains no text of the prompt. */
  readonly message: string
}
