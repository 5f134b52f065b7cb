/**
 * Turns a stream of chunks into a stream of values, one chunk at a time, with no knowledge of where the chunks come from.
 *
 * The contract, which holds for every decoder of this package:
 *
 * - **Cuts do not matter.** However the input is cut into chunks, empty chunks included, the same values come out in the
 *   same order. A value is delivered by the call that completes it, never later.
 * - **End of input.** `flush` delivers what only the end of the input completes. A flushed decoder is spent: `push` throws a
 *   `TypeError`, a second `flush` delivers nothing. One decoder decodes one input.
 * - **Errors.** Input that violates the format throws a `StreamDecodeError`. The values before it are delivered first: a call
 *   that has values to return returns them, and *the next call* throws; a call that has none throws itself. From then on every
 *   call throws that same error. A caller that must not wait for the next call uses `pushEach` and `flushEach`, which emit the
 *   values and throw in the same call.
 * - **Ownership.** A returned array belongs to the caller. A decoder reads a chunk during the call; unless its own
 *   documentation says that values are views of the chunk, the caller may overwrite the chunk afterwards.
 *
 * Nothing here is asynchronous, and nothing is shared between two decoders.
 */
export interface Decoder<I, O> {
  /**
   * Whether the decoder needs no more input, because the input itself says where it ends. Looked at after each chunk: once true, the
   * decoder is flushed as at the end of the input, and what the source still has, or fails with, is dropped. A stream closes its
   * source then, unless that ends by itself within a moment. Optional: without it only the source ends the input.
   */
  readonly isDone?: boolean

  /**
   * What comes before everything that the source gives. Called first, and before the source is opened: that waits until these
   * values have been taken. Optional: without it nothing does. It must not throw.
   */
  start?(): readonly O[]

  /**
   * Decodes one chunk and returns the values it completes, in order; most often none or one.
   *
   * @throws {StreamDecodeError} by the rule above.
   */
  push(chunk: I): readonly O[]

  /**
   * Ends the input and returns the values that its end completes.
   *
   * @throws {StreamDecodeError} by the rule above, or when the input ends inside a value.
   */
  flush(): readonly O[]

  /**
   * As `push`, but calls `emit` for each value as soon as it is decoded, makes no array, and throws in the same call after the
   * values that precede the error were emitted. Optional: a decoder that has it also has `flushEach`.
   *
   * What `emit` throws passes through unchanged and leaves the decoder spent: throwing is the way to stop in the middle of a
   * chunk. `emit` must not call the decoder.
   *
   * @throws {StreamDecodeError} after all values that precede the error.
   */
  pushEach?(chunk: I, emit: (value: O) => void): void

  /**
   * As `flush`, by the rules of `pushEach`.
   *
   * @throws {StreamDecodeError} after all values that precede the error.
   */
  flushEach?(emit: (value: O) => void): void

  /**
   * The source has failed: returns the error to report in its place, for instance one that says how far the decoder came. Called
   * at most once, after all chunks that came before the error, and as the last call: the decoder is not flushed then. Where
   * decoders are piped, an error of one of them is an error of the source to those behind it. Optional: without it the error
   * itself is reported.
   *
   * @param error - what the source failed with, or what the decoder before this one made of it
   */
  fail?(error: unknown): unknown
}
