import type { OperatorFunction } from 'rxjs'
import type { Decoder } from '../decoders/decoder.ts'
import { flushEach, pushEach } from '../decoders/decode-each.ts'
import { createOperator } from './create-operator.ts'

/**
 * Decodes chunks with any decoder: one of this package, or an object with `push` and `flush`.
 *
 * 1. What the decoder's `start` returns is emitted first, if it has one.
 * 2. Each chunk is decoded when it arrives, and what it completes is emitted at once, in order.
 * 3. When the source completes, the decoder is flushed; what that gives is emitted, then the completion.
 * 4. An error of the source is passed on after the values before it, through the decoder's `fail` if it has one. The decoder is
 *    not flushed then: an unfinished item is not a value.
 * 5. What the decoder or `createDecoder` throws is emitted as an error, after the values that were decoded before it.
 * 6. When the decoder is done, it is flushed and the destination completed, as if the source had been.
 * 7. Unsubscribing, also in the middle of a chunk (`take(1)`), stops the decoding and unsubscribes from the source.
 *
 * @param createDecoder - called once per subscription, so that subscribers share no state
 */
export function decode<I, O>(createDecoder: () => Decoder<I, O>): OperatorFunction<I, O> {
  return createOperator((destination) => {
    const decoder = createDecoder()
    const emit = (value: O): void => {
      if (destination.closed) throw new DestinationLeft()
      destination.next(value)
    }
    for (const value of decoder.start?.() ?? []) if (!destination.closed) destination.next(value)
    const complete = (): void => {
      flushEach(decoder, emit)
      destination.complete()
    }
    return {
      next: (chunk) => {
        pushEach(decoder, chunk, emit)
        if (decoder.isDone === true) complete()
      },
      complete,
      error: (error) => destination.error(decoder.fail === undefined ? error : decoder.fail(error)),
    }
  })
}

/** Thrown through a decoder to stop it in the middle of a chunk; never seen outside. */
class DestinationLeft extends Error {}
