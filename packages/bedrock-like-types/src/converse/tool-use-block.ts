import type { InputDocument } from './document-type.ts'

/**
 * A tool that runs on the side of the service, not of the caller.
 *
 * @public
 */
export type ToolUseType = 'server_tool_use'

/**
 * The model's request to call a tool, in a message that is passed in.
 *
 * @public
 */
export interface ToolUseBlock {
  /** Id of the call; the result names it. */
  readonly toolUseId: string | undefined
  /** Name of the tool. */
  readonly name: string | undefined
  /** The arguments, as a JSON value. */
  readonly input: InputDocument | undefined
  /** Set when the tool runs on the side of the service. */
  readonly type?: ToolUseType | undefined
}
