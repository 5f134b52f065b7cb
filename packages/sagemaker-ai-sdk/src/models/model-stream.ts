import type { StreamIterator } from '@x/stream-core/response-stream'
import type { StreamPart } from '../contract/stream-part.ts'

/**
 * An answer as a web stream. Nothing is read ahead, and cancelling closes the socket at once.
 *
 * @param head - what was taken from the iterator already.
 * @param failure - the parts with which an answer that failed ends; `undefined` makes the stream fail with the error itself.
 */
export function modelStream(
  head: readonly IteratorResult<StreamPart, unknown>[],
  iterator: StreamIterator<StreamPart>,
  failure: (thrown: unknown) => readonly StreamPart[] | undefined,
): ReadableStream<StreamPart> {
  const waiting = [...head]
  return new ReadableStream<StreamPart>(
    {
      async pull(controller) {
        try {
          const result = waiting.shift() ?? (await iterator.next())
          if (result.done === true) controller.close()
          else controller.enqueue(result.value)
        } catch (thrown) {
          const parts = failure(thrown)
          if (parts === undefined) throw thrown
          for (const part of parts) controller.enqueue(part)
          controller.close()
        }
      },
      cancel: (reason) => iterator.throw(reason).then(undefined, () => {}),
    },
    { highWaterMark: 0 },
  )
}
