import type { Decoder } from './decoder.ts'

/**
 * `decoder.pushEach`, also for a decoder that has only `push`.
 */
export function pushEach<I, O>(decoder: Decoder<I, O>, chunk: I, emit: (value: O) => void): void {
  if (decoder.pushEach !== undefined) decoder.pushEach(chunk, emit)
  else for (const value of decoder.push(chunk)) emit(value)
}

/**
 * `decoder.flushEach`, also for a decoder that has only `flush`. That one returns the values before an error first and
 * throws in the next call, so it is called once more.
 */
export function flushEach<I, O>(decoder: Decoder<I, O>, emit: (value: O) => void): void {
  if (decoder.flushEach !== undefined) decoder.flushEach(emit)
  else {
    const values = decoder.flush()
    for (const value of values) emit(value)
    if (values.length > 0) decoder.flush()
  }
}
