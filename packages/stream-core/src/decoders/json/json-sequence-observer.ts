/** Bytes of the input, from `start` up to and not including `end`. */
export interface ByteRange {
  /** Byte offset of the first one. */
  readonly start: number
  /** Byte offset after the last one. */
  readonly end: number
}

/**
 * Sees how a `JsonSequenceDecoder` reads its input, for tools that show it. Nothing is computed for methods that are not there.
 *
 * The methods are called while the input is decoded, in the order in which it is read: a line before the values that its end
 * completes, a value before it is delivered. What they throw comes out of the decoder. Where malformed bytes were replaced, the
 * range of a line that came in several chunks counts the replacement and not the bytes.
 */
export interface JsonSequenceObserver {
  /** A line has ended: its text without the line end, and the bytes of that text. */
  onLine?(line: string, range: ByteRange): void
  /** A value is complete: the value, as it is delivered, and the bytes from its first to its last, line ends in between included. */
  onValue?(value: unknown, range: ByteRange): void
}
