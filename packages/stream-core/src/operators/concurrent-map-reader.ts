import type { Subscription } from 'rxjs'
import { Observable } from '../rxjs/observable.ts'
import { PushBuffer } from '../readers/push-buffer.ts'
import type { Reader } from '../readers/reader.ts'
import { ConcurrentMap } from './concurrent-map.ts'
import type { ConcurrencyLimits, ConcurrentProject } from './map-concurrent-options.ts'

/**
 * Pulls items, works on several at a time, and delivers the results. Nothing is started before the first request; from
 * then on it works ahead of the requests by at most twice `concurrency` items, finished ones included.
 */
export class ConcurrentMapReader<T, R> implements Reader<R> {
  readonly #source: Reader<T>
  readonly #project: ConcurrentProject<T, R>
  readonly #limits: ConcurrencyLimits
  readonly #results = new PushBuffer<R>()
  #map: ConcurrentMap<T, R> | undefined
  #subscription: Subscription | undefined
  #isReading = false

  constructor(source: Reader<T>, project: ConcurrentProject<T, R>, limits: ConcurrencyLimits) {
    this.#source = source
    this.#project = project
    this.#limits = limits
  }

  read(): Promise<readonly R[] | undefined> {
    this.#subscription ??= this.#start()
    const results = this.#results.read()
    this.#map?.resume()
    return results
  }

  close(reason?: unknown): void {
    this.#map?.cancel(reason)
    this.#subscription?.unsubscribe()
    this.#source.close(reason)
  }

  #start(): Subscription {
    const results = new Observable<R>((destination) => {
      this.#map = new ConcurrentMap(destination, this.#project, this.#limits, {
        untakenResults: () => this.#results.length,
        onRoom: () => this.#readMore(),
        leave: (error) => this.#source.close(error),
      })
    })
    return results.subscribe({
      next: (result) => this.#results.push(result),
      complete: () => this.#results.end(),
      error: (error: unknown) => {
        this.#source.close(error)
        this.#results.fail(error)
      },
    })
  }

  #readMore(): void {
    const map = this.#map
    if (map === undefined || this.#isReading) return
    this.#isReading = true
    this.#source.read().then(
      (items) => {
        this.#isReading = false
        if (items === undefined) map.finish()
        else map.add(items)
      },
      (error: unknown) => map.finishWith(error),
    )
  }
}
