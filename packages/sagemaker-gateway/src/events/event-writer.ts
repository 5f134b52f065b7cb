import type { ClientError } from '../errors/client-error.ts'

/** Writes the parts of an answer as the events of a protocol. */
export interface EventWriter<Part> {
  /** The events that a part makes, as text; empty if it makes none. */
  push(part: Part): string
  /** What follows the last part of an answer that did not fail. */
  end(): string
  /** The event that tells of a failure. Nothing follows it. */
  fail(error: ClientError): string
  /** What keeps a connection alive without meaning anything. */
  readonly comment: string
}
