/**
 * A queue between what happens in a call and the response that reports it.
 *
 * The writer writes at once, whatever the reader does (observers cannot wait); a writer that can wait calls `drained()` before
 * it goes on, and that is how a page that does not read slows the endpoint down.
 */
export class EventChannel<T> {
  #queue: T[] = []
  #closed = false
  #wakeReader: (() => void) | undefined
  #wakeWriter: (() => void) | undefined

  /** Appends an event; after `close()` it is dropped, since nobody will read it. */
  write(event: T): void {
    if (this.#closed) return
    this.#queue.push(event)
    this.#wakeReader?.()
  }

  /** No more events follow. What is queued can still be taken. */
  close(): void {
    this.#closed = true
    this.#wakeReader?.()
    this.#wakeWriter?.()
  }

  /** Resolves when the reader has taken everything and asks for more, or the channel is closed. */
  async drained(): Promise<void> {
    while (!this.#closed && (this.#queue.length > 0 || this.#wakeReader === undefined)) {
      await new Promise<void>((resolve) => (this.#wakeWriter = resolve))
    }
  }

  /** All events written since the last call; waits for the first one. `undefined` at the end. One reader only. */
  async take(): Promise<readonly T[] | undefined> {
    if (this.#queue.length === 0 && !this.#closed) {
      await new Promise<void>((resolve) => {
        this.#wakeReader = resolve
        this.#wakeWriter?.()
      })
      this.#wakeReader = undefined
    }
    const taken = this.#queue
    this.#queue = []
    return taken.length === 0 ? undefined : taken
  }
}
