import type { Decoder } from '../decoders/decoder.ts'

/**
 * `decoder.pushEach`, also for a decoder that has only `push`.
 */
export function pushEach<I, O>(decoder: Decoder<I, O>, chunk: I, emit: (value: O) => void): void {
  if (decoder.pushEach !== undefined) decoder.pushEach(chunk, emit)
  else for (const value of decoder.push(chunk)) emit(value)
}

/**
 * `decoder.flushEach`, also for a decoder that has only `flush`.
 */
export function flushEach<I, O>(decoder: Decoder<I, O>, emit: (value: O) => void): void {
  if (decoder.flushEach !== undefined) decoder.flushEach(emit)
  else for (const value of decoder.flush()) emit(value)
}
