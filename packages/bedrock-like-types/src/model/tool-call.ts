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
  /** The arguments, parsed; `{}` for an empty text, and the text itself when it is not JSON. */
  readonly input: DocumentType
  /** The arguments as the model wrote them. Exact, also for integers beyond 2^53. */
  readonly inputText: string
}
