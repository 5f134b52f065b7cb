/**
 * What had arrived when an answer broke off.
 *
 * @public
 */
export interface PartialAnswer {
  /** Text of the answer. */
  readonly text?: string | undefined
  /** The model's reasoning, where the container or the options tell it apart from the text. */
  readonly reasoning?: string | undefined
  /** The tool calls; the last one can be incomplete. */
  readonly toolCalls?: readonly unknown[] | undefined
  /** Bytes of the answer, without framing. */
  readonly bytesReceived: number
}
