/**
 * What `JsonSequenceDecoder` delivers for `[DONE]`, the marker that ends most streams of chat completions and is not JSON.
 * It is the same symbol in every copy of this package.
 */
export const jsonSequenceDone: unique symbol = Symbol.for('@x/stream-core.jsonSequenceDone')
