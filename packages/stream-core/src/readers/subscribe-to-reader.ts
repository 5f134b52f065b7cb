import type { Subscriber } from 'rxjs'
import { onInterruption } from './on-interruption.ts'
import type { Reader } from './reader.ts'

/**
 * Pushes everything that a reader delivers into a subscriber. Unsubscribing closes the reader at once.
 */
export function subscribeToReader<T>(
  reader: Reader<T>,
  signal: AbortSignal | undefined,
  subscriber: Subscriber<T>,
): void {
  subscriber.add(() => reader.close())
  subscriber.add(onInterruption(reader, signal, (error) => subscriber.error(error)))

  const readOn = (): void => {
    if (subscriber.closed) return
    reader.read().then(receive, (error: unknown) => subscriber.error(error))
  }
  const receive = (batch: readonly T[] | undefined): void => {
    if (batch === undefined) {
      subscriber.complete()
      return
    }
    for (const item of batch) {
      // One chunk may hold hundreds of items after the one that a `take(1)` wanted.
      if (subscriber.closed) return
      subscriber.next(item)
    }
    readOn()
  }
  readOn()
}
