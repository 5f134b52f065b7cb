/**
 * A text with the caller's own id.
 *
 * @public
 */
export interface IdentifiedText {
  /** The caller's own id, which comes back with the vector. */
  readonly id: string
  /** What is embedded. */
  readonly text: string
}

/**
 * A minimal observable. An RxJS `Observable` is one.
 *
 * @public
 */
export interface Subscribable<T> {
  /** Starts the source. */
  subscribe(observer: {
    /** Receives the next value. */
    next(value: T): void
    /** Receives the error that ends the source. */
    error(error: unknown): void
    /** Called when the source has ended. */
    complete(): void
  }): {
    /** Stops the source. */
    unsubscribe(): void
  }
}

/**
 * A source of texts, with or without ids.
 *
 * @public
 */
export type EmbedSource =
  | Iterable<string | IdentifiedText>
  | AsyncIterable<string | IdentifiedText>
  | Subscribable<string | IdentifiedText>
