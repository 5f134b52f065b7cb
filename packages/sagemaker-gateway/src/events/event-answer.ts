import type { KeepAliveOptions } from '../contract/gateway-options.ts'
import { clientError } from '../errors/client-error.ts'
import type { RequestScope } from '../http/request-scope.ts'
import type { AnswerPart } from '../contract/answer-part.ts'
import type { EventWriter } from './event-writer.ts'
import { KeepAlive } from './keep-alive.ts'

/** Where the text of an event stream goes. */
export interface EventSink {
  /** Writes text. If it returns a promise, wait for it before writing more. */
  write(text: string): Promise<void> | undefined
  /** Writes text that may be left out if the client does not read. */
  writeComment(text: string): void
}

/** How a stream is written. */
export interface EventAnswerSettings {
  readonly keepAlive: Required<{ readonly [member in keyof KeepAliveOptions]: number }>
  readonly exposeErrors: boolean
}

/** Parts that say nothing yet about whether the answer will fail. */
export const preludeParts: ReadonlySet<AnswerPart['type']> = new Set(['start', 'response', 'raw'])

/**
 * An answer as an event stream. `open()` waits until there is something of the answer, so that a failure before that has an HTTP status;
 * `writeTo()` writes all of it, and a failure as the last event.
 */
export class EventAnswer<Part extends AnswerPart> {
  readonly #iterator: AsyncIterator<Part, unknown>
  readonly #writer: EventWriter<Part>
  readonly #scope: RequestScope
  readonly #settings: EventAnswerSettings
  #opening: Promise<void> | undefined
  #text = ''
  #isComplete = false

  constructor(
    parts: AsyncIterable<Part>,
    writer: EventWriter<Part>,
    scope: RequestScope,
    settings: EventAnswerSettings,
  ) {
    this.#iterator = parts[Symbol.asyncIterator]()
    this.#writer = writer
    this.#scope = scope
    this.#settings = settings
  }

  /**
   * Resolves when the answer has begun, and in any case after `firstMs`.
   *
   * @throws what the answer fails with before that
   */
  async open(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(resolve, this.#settings.keepAlive.firstMs, 'late')
    })
    const opening = this.#readUntilContent()
    try {
      if ((await Promise.race([opening, late])) === 'late') this.#opening = opening
    } finally {
      clearTimeout(timer)
    }
    // Read by writeTo(), which may come later.
    this.#opening?.catch(() => {})
  }

  /** Writes the stream to its end. Never rejects. */
  async writeTo(sink: EventSink): Promise<void> {
    const { comment } = this.#writer
    const keepAlive = new KeepAlive(this.#settings.keepAlive.intervalMs, () => sink.writeComment(comment))
    try {
      if (this.#opening !== undefined) {
        sink.writeComment(comment)
        await this.#opening
      }
      await sink.write(this.#text)
      while (!this.#isComplete) {
        const { done, value } = await this.#iterator.next()
        if (done === true) break
        const text = this.#textOf(value)
        if (text === '') continue
        keepAlive.touch()
        const drained = sink.write(text)
        if (drained !== undefined) await drained
      }
      await sink.write(this.#writer.end())
      this.#scope.done(200)
    } catch (error) {
      const failure = clientError(this.#scope.failureOf(error), this.#settings.exposeErrors)
      if (!this.#scope.isLeft) await sink.write(this.#writer.fail(failure))
      this.#scope.done(200, failure)
    } finally {
      keepAlive.stop()
    }
  }

  /** The client has left before anything was written. */
  abandon(): void {
    void this.#iterator.return?.().then(undefined, () => {})
    this.#scope.done(200)
  }

  async #readUntilContent(): Promise<void> {
    for (;;) {
      const { done, value } = await this.#iterator.next()
      if (done === true) {
        this.#isComplete = true
        return
      }
      this.#text += this.#textOf(value)
      if (!preludeParts.has(value.type)) return
    }
  }

  #textOf(part: Part): string {
    this.#scope.observe(part)
    return this.#writer.push(part)
  }
}
