/**
 * Names a tool of the request's `toolConfig`.
 *
 * @public
 */
export interface ToolReference {
  /** Kind of the reference. */
  readonly type?: string | undefined
  /** Name of the tool. */
  readonly name?: string | undefined
  /** Server that the tool belongs to. */
  readonly serverName?: string | undefined
}

/**
 * From this point of the conversation on, the tool can be used.
 *
 * @public
 */
export interface ToolAdditionBlock {
  /** The one that the model can call from here on. */
  readonly tool: ToolReference | undefined
}

/**
 * From this point of the conversation on, the tool can no longer be used.
 *
 * @public
 */
export interface ToolRemovalBlock {
  /** The one that the model can no longer call. */
  readonly tool: ToolReference | undefined
}
