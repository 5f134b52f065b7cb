import { Observable, type Subscription } from 'rxjs'
import type { Reader } from '../../reading/reader.ts'
import { ConcurrentMap } from './concurrent-map.ts'
import type { ConcurrencyLimits, ConcurrentProject } from './map-concurrent-options.ts'
import { Queue } from './queue.ts'

interface Request<R> {
  resolve(results: readonly R[] | undefined): void
  reject(error: unknown): void
}

/**
 * Pulls items, works on several at a time, and hands out the results. Nothing is started before the first request; from
 * then on it works ahead of the requests by at most twice `concurrency` items, finished ones included.
 */
export class ConcurrentMapReader<T, R> implements Reader<R> {
  readonly #source: Reader<T>
  readonly #project: ConcurrentProject<T, R>
  readonly #limits: ConcurrencyLimits
  readonly #results = new Queue<R>()
  #map: ConcurrentMap<T, R> | undefined
  #subscription: Subscription | undefined
  #request: Request<R> | undefined
  #isReading = false
  #sourceHasEnded = false
  #outcome: { readonly error?: unknown; readonly kind: 'complete' | 'error' } | undefined

  constructor(source: Reader<T>, project: ConcurrentProject<T, R>, limits: ConcurrencyLimits) {
    this.#source = source
    this.#project = project
    this.#limits = limits
  }

  read(): Promise<readonly R[] | undefined> {
    this.#subscription ??= this.#start()
    return new Promise((resolve, reject) => {
      this.#request = { resolve, reject }
      this.#answer()
      this.#map?.resume()
    })
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
      next: (result) => {
        this.#results.add(result)
        this.#answer()
      },
      complete: () => {
        this.#outcome = { kind: 'complete' }
        this.#answer()
      },
      error: (error: unknown) => {
        this.#outcome = { kind: 'error', error }
        this.#source.close(error)
        this.#answer()
      },
    })
  }

  #answer(): void {
    const request = this.#request
    if (request === undefined) return
    if (this.#results.length === 0 && this.#outcome === undefined) return
    this.#request = undefined
    if (this.#results.length > 0) request.resolve([this.#results.take()])
    else if (this.#outcome?.kind === 'error') request.reject(this.#outcome.error)
    else request.resolve(undefined)
  }

  #readMore(): void {
    const map = this.#map
    if (map === undefined || this.#isReading || this.#sourceHasEnded) return
    this.#isReading = true
    this.#source.read().then(
      (items) => {
        this.#isReading = false
        this.#sourceHasEnded = items === undefined
        if (items === undefined) map.finish()
        else map.add(items)
      },
      (error: unknown) => map.finishWith(error),
    )
  }
}
