import { onAbort } from './on-abort.ts'
import { interruptReader, type Reader } from './reader.ts'

/**
 * Interrupts the reader when the signal aborts or its source asks for it, and then calls the listener with the error to report.
 *
 * @returns a function that stops listening
 */
export function onInterruption(
  reader: Reader<unknown>,
  signal: AbortSignal | undefined,
  listener: (error: unknown) => void,
): () => void {
  const interrupt = (reason: unknown): void => listener(interruptReader(reader, reason))
  reader.onInterruption?.(interrupt)
  const stopListening = signal === undefined ? undefined : onAbort(signal, interrupt)
  return () => {
    stopListening?.()
    reader.onInterruption?.(undefined)
  }
}
