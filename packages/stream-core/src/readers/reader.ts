/**
 * The pull side of a stream: delivers items on request, a batch at a time.
 *
 * Everything that reads a stream (iterator, subscription, web stream) is written against this one
 * interface, so that decoding costs one asynchronous step per chunk and none per item.
 */
export interface Reader<T> {
  /**
   * The next items, perhaps none yet; `undefined` at the end; a rejection on failure, after which the source is closed.
   * Ask again only once the previous request is answered.
   */
  read(): Promise<readonly T[] | undefined>
  /**
   * Closes the source at once, also while a request is pending (which is then never answered, or too late to matter).
   * Does nothing when the reader has ended, failed or been closed. Never throws.
   */
  close(reason?: unknown): void
  /**
   * As `close`, for an error that comes from outside, such as an abort. Returns the error to report to the consumer, by default
   * the same. Never throws.
   */
  interrupt?(error: unknown): unknown
  /**
   * Sets what is called, at most once, when the source asks for an interruption: it is another stream, and its signal aborts.
   * `undefined`: it no longer matters.
   */
  onInterruption?(listener: ((error: unknown) => void) | undefined): void
}

/** {@link Reader.interrupt}, also of a reader without it. */
export function interruptReader(reader: Reader<unknown>, error: unknown): unknown {
  if (reader.interrupt !== undefined) return reader.interrupt(error)
  reader.close(error)
  return error
}
