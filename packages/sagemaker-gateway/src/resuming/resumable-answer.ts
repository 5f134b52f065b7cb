import type { EventSink } from '../events/event-answer.ts'
import type { WritableAnswer } from '../events/event-body.ts'
import type { RequestScope } from '../http/request-scope.ts'
import { EventLog } from './event-log.ts'

/** How long and how much of an answer is kept. */
export interface ResumableAnswerSettings {
  readonly id: string
  readonly resumeForMs: number
  readonly maxResumeBytes: number
  /** Called when the answer cannot be resumed any more. */
  readonly forget: () => void
}

/** A client that reads the answer, once it does. */
interface Reader {
  sink?: EventSink
}

/**
 * An answer that outlives the connection of its client. The model goes on when the client leaves, until half of the log is filled with
 * events that nobody has read, and is stopped if no client has resumed the answer in time. One client reads at a time: a new one takes
 * over from one whose connection is not known to be lost yet.
 */
export class ResumableAnswer {
  readonly path: string
  readonly keyName: string | undefined
  readonly model: string | undefined
  readonly #scope: RequestScope
  readonly #settings: ResumableAnswerSettings
  readonly #log: EventLog
  #waitMs: number
  #reader: Reader | undefined
  #isComplete = false
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Wakes the reader when there is more. */
  #more: (() => void) | undefined
  /** Lets the model go on when the reader has read. */
  #room: (() => void) | undefined

  /** @param answer - is read from now on. */
  constructor(answer: Pick<WritableAnswer, 'writeTo'>, scope: RequestScope, settings: ResumableAnswerSettings) {
    this.path = scope.path
    this.keyName = scope.keyName
    this.model = scope.model
    this.#scope = scope
    this.#settings = settings
    this.#log = new EventLog(settings.id, settings.maxResumeBytes)
    this.#waitMs = settings.resumeForMs
    scope.signal.addEventListener('abort', () => this.#room?.(), { once: true })
    void answer.writeTo(this.#sink()).then(() => this.#complete())
  }

  /** Number of the oldest event that is kept. */
  get first(): number {
    return this.#log.first
  }

  /** Number of the next event that comes. */
  get next(): number {
    return this.#log.next
  }

  /** The event that ended the answer; `undefined` while there may be more. */
  get final(): string | undefined {
    return this.#isComplete ? this.#log.last : undefined
  }

  /** The answer for the client that asked for it. */
  whole(): WritableAnswer {
    const reader = this.#attach(0)
    this.#scope.stayWhenLeft(() => this.#leave(reader))
    return { writeTo: (sink) => this.#write(reader, sink), abandon: () => this.#leave(reader) }
  }

  /**
   * The answer for another request, which takes over.
   *
   * @param number - its first event, from `first` to `next`.
   */
  from(number: number, scope: RequestScope): WritableAnswer {
    const reader = this.#attach(number)
    scope.signal.addEventListener('abort', () => this.#leave(reader), { once: true })
    return {
      writeTo: async (sink) => {
        await this.#write(reader, sink)
        scope.done(200)
      },
      abandon: () => scope.done(200),
    }
  }

  /** Waits for no reader any more: without one the model stops now. */
  stopWaiting(): void {
    this.#waitMs = 0
    if (this.#reader === undefined) this.#waitForReader()
  }

  #attach(number: number): Reader {
    const reader: Reader = {}
    this.#reader = reader
    clearTimeout(this.#timer)
    this.#log.moveTo(number)
    this.#more?.()
    return reader
  }

  /** Writes to the end, or until another reader takes over or this one leaves. */
  async #write(reader: Reader, sink: EventSink): Promise<void> {
    reader.sink = sink
    while (this.#reader === reader) {
      const event = this.#log.take()
      if (event !== undefined) {
        if (!this.#isFull) this.#room?.()
        // oxlint-disable-next-line no-await-in-loop -- one event after the other
        await sink.write(event)
      } else if (this.#isComplete) this.#leave(reader)
      // oxlint-disable-next-line no-await-in-loop -- see above
      else await new Promise<void>((resolve) => (this.#more = resolve))
    }
  }

  /** A reader has left, or has read to the end: the answer waits for another one, if none has taken over. */
  #leave(reader: Reader): void {
    if (reader !== this.#reader) return
    this.#reader = undefined
    this.#more?.()
    this.#waitForReader()
  }

  #waitForReader(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#settings.forget()
      this.#scope.giveUp()
    }, this.#waitMs)
    this.#timer.unref()
  }

  get #isFull(): boolean {
    return this.#log.unreadBytes > this.#settings.maxResumeBytes / 2
  }

  #sink(): EventSink {
    return {
      write: (text) => {
        this.#log.push(text)
        this.#more?.()
        if (!this.#isFull || this.#scope.signal.aborted) return undefined
        return new Promise((resolve) => (this.#room = resolve))
      },
      writeComment: (text) => this.#reader?.sink?.writeComment(text),
    }
  }

  #complete(): void {
    this.#isComplete = true
    this.#more?.()
    // From now on, not from when the last reader left.
    if (this.#reader === undefined) this.#waitForReader()
  }
}
