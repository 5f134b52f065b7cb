import { Buffer } from 'node:buffer'

interface LoggedEvent {
  readonly text: string
  readonly bytes: number
}

/**
 * The events of a stream, each with a number, of which the first is 0: those that one reader has not taken yet, and the latest of those
 * that it has, so that it can go back. An event has its number in the field `id`.
 */
export class EventLog {
  readonly #id: string
  readonly #maxBytes: number
  readonly #events: LoggedEvent[] = []
  /** Number of the oldest event that is kept. */
  #first = 0
  /** Number of the event that the reader takes next. */
  #position = 0
  #bytes = 0
  #unreadBytes = 0

  /**
   * @param id - begins the id of each event.
   * @param maxBytes - events that were taken are dropped, the oldest first, when all events have more. The last one is kept.
   */
  constructor(id: string, maxBytes: number) {
    this.#id = id
    this.#maxBytes = maxBytes
  }

  /** Number of the oldest event that is kept. */
  get first(): number {
    return this.#first
  }

  /** Number of the next event that comes. */
  get next(): number {
    return this.#first + this.#events.length
  }

  /** The event that came last. */
  get last(): string | undefined {
    return this.#events.at(-1)?.text
  }

  /** Bytes of the events that the reader has not taken. */
  get unreadBytes(): number {
    return this.#unreadBytes
  }

  /** Takes text that consists of whole events. */
  push(text: string): void {
    for (const lines of text.split('\n\n')) {
      if (lines === '') continue
      const event = `id: ${this.#id}:${this.next}\n${lines}\n\n`
      const bytes = Buffer.byteLength(event)
      this.#events.push({ text: event, bytes })
      this.#bytes += bytes
      this.#unreadBytes += bytes
    }
  }

  /** The next event for the reader; `undefined` if it has taken all that came. */
  take(): string | undefined {
    const event = this.#events[this.#position - this.#first]
    if (event === undefined) return undefined
    this.#position++
    this.#unreadBytes -= event.bytes
    this.#dropOldest()
    return event.text
  }

  /**
   * The reader takes this event next.
   *
   * @param number - from `first` to `next`
   */
  moveTo(number: number): void {
    this.#position = number
    this.#unreadBytes = this.#events.slice(number - this.#first).reduce((sum, { bytes }) => sum + bytes, 0)
  }

  #dropOldest(): void {
    let dropped = 0
    const most = Math.min(this.#position - this.#first, this.#events.length - 1)
    while (this.#bytes > this.#maxBytes && dropped < most) {
      this.#bytes -= this.#events[dropped]?.bytes ?? 0
      dropped++
    }
    if (dropped === 0) return
    this.#events.splice(0, dropped)
    this.#first += dropped
  }
}
