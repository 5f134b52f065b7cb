import { Subscriber } from '../rxjs/observable.ts'
import { PushBuffer } from '../readers/push-buffer.ts'
import type { Reader } from '../readers/reader.ts'
import type { CreateCore, OperatorCore } from './operator-core.ts'

/**
 * Delivers the results of an operator's core, one per request. The core decides when the source is asked for items; nothing is
 * asked of it before the first request.
 */
export class OperatorReader<T, R> implements Reader<R> {
  readonly #source: Reader<T>
  readonly #results = new PushBuffer<R>()
  readonly #destination: Subscriber<R>
  readonly #core: OperatorCore<T>
  #isReading = false

  constructor(source: Reader<T>, createCore: CreateCore<T, R>) {
    this.#source = source
    this.#destination = new Subscriber({
      next: (result) => this.#results.push(result),
      complete: () => this.#results.end(),
      error: (error: unknown) => {
        source.close(error)
        this.#results.fail(error)
      },
    })
    this.#core = createCore(this.#destination, {
      isPushed: false,
      isAwaited: () => this.#results.isAwaited,
      untakenResults: () => this.#results.length,
      requestItems: () => this.#requestItems(),
      closeSource: (error) => source.close(error),
    })
  }

  read(): Promise<readonly R[] | undefined> {
    const results = this.#results.read()
    this.#core.resume()
    return results
  }

  close(reason?: unknown): void {
    this.#core.cancel?.(reason)
    this.#destination.unsubscribe()
    this.#source.close(reason)
  }

  onInterruption(listener: ((error: unknown) => void) | undefined): void {
    this.#source.onInterruption?.(listener)
  }

  #requestItems(): void {
    if (this.#isReading) return
    this.#isReading = true
    this.#source.read().then(this.#receive, (error: unknown) => this.#core.error(error))
  }

  readonly #receive = (items: readonly T[] | undefined): void => {
    if (this.#destination.closed) return
    if (items === undefined) {
      this.#core.complete()
      return
    }
    // Requests that the core makes meanwhile are made below, when it has all items.
    for (const item of items) this.#core.next(item)
    this.#isReading = false
    this.#core.resume()
  }
}
