import { Queue } from './queue.ts'

interface Request<T> {
  resolve(items: readonly T[] | undefined): void
  reject(error: unknown): void
}

/**
 * Holds what is pushed until it is asked for, one item per request. The end, or an error, comes after the items.
 */
export class PushBuffer<T> {
  readonly #items = new Queue<T>()
  #request: Request<T> | undefined
  #ending: 'complete' | { readonly error: unknown } | undefined

  /** How many items wait to be asked for. */
  get length(): number {
    return this.#items.length
  }

  /** Whether the next item is asked for already. */
  get isAwaited(): boolean {
    return this.#request !== undefined
  }

  push(item: T): void {
    this.#items.add(item)
    this.#answer()
  }

  end(): void {
    this.#ending = 'complete'
    this.#answer()
  }

  fail(error: unknown): void {
    this.#ending = { error }
    this.#answer()
  }

  read(): Promise<readonly T[] | undefined> {
    return new Promise((resolve, reject) => {
      this.#request = { resolve, reject }
      this.#answer()
    })
  }

  #answer(): void {
    const request = this.#request
    if (request === undefined) return
    if (this.#items.length === 0 && this.#ending === undefined) return
    this.#request = undefined
    if (this.#items.length > 0) request.resolve([this.#items.take()])
    else if (this.#ending === 'complete') request.resolve(undefined)
    else request.reject(this.#ending?.error)
  }
}
