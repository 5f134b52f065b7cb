/**
 * A text with the caller's own id.
 *
 * @public
 */
export interface IdentifiedText {
  /** The caller's own id, which comes back with the vector. */
  readonly id: string
  /** The text. */
  readonly text: string
}

/**
 * What pushes values to whoever subscribes. An RxJS `Observable` is one.
 *
 * @public
 */
export interface Subscribable<T> {
  /** Starts to push. */
  subscribe(observer: {
    /** Receives the next value. */
    next(value: T): void
    /** Receives the error that ends the source. */
    error(error: unknown): void
    /** Told when the source has ended. */
    complete(): void
  }): {
    /** Stops to push. */
    unsubscribe(): void
  }
}

/**
 * Where texts come from, with or without ids.
 *
 * @public
 */
export type EmbedSource =
  | Iterable<string | IdentifiedText>
  | AsyncIterable<string | IdentifiedText>
  | Subscribable<string | IdentifiedText>
