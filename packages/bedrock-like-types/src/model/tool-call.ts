import type { DocumentType } from '../converse/document-type.ts'

/**
 * The model's request to call a tool, complete.
 *
 * @public
 */
export interface ToolCall {
  /** Id of the call; the message with the result has to name it. */
  readonly id: string
  /** Name of the tool. */
  readonly name: string
  /** The arguments, parsed. */
  readonly input: DocumentType
}
