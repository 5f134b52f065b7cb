/**
 * One header of an AWS event-stream message, by the ten header types of the format. The type names are those of the AWS SDK;
 * unlike there, a `long` is a `bigint`. A `uuid` is lower-case text with dashes.
 */
export type EventStreamHeader =
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'byte'; readonly value: number }
  | { readonly type: 'short'; readonly value: number }
  | { readonly type: 'integer'; readonly value: number }
  | { readonly type: 'long'; readonly value: bigint }
  | { readonly type: 'binary'; readonly value: Uint8Array }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'timestamp'; readonly value: Date }
  | { readonly type: 'uuid'; readonly value: string }

/** Headers by name. `:message-type`, `:event-type`, `:exception-type` and `:content-type` are those that AWS services send. */
export type EventStreamHeaders = Readonly<Record<string, EventStreamHeader>>

/** One message of `application/vnd.amazon.eventstream`. */
export interface EventStreamMessage {
  /** Headers by name. */
  readonly headers: EventStreamHeaders
  /** The payload; may be a view of the chunk it came in. */
  readonly payload: Uint8Array
}
