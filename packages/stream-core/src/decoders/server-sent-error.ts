const brand = Symbol.for('@x/stream-core.ServerSentError')

/**
 * An error that a server reports within a stream of server-sent events: the data of an event of type `error`, or the value of a
 * field `error`, which llama.cpp writes in place of an event. It is a value of the stream, not an exception.
 */
export class ServerSentError {
  /** What the server wrote: parsed if it is JSON, else the text. */
  readonly value: unknown

  constructor(value: unknown) {
    this.value = value
    Object.defineProperty(this, brand, { value: true })
  }

  /** Whether `value` is a `ServerSentError`, also one of another copy of this package, where `instanceof` fails. */
  static is(value: unknown): value is ServerSentError {
    return typeof value === 'object' && value !== null && brand in value
  }
}
