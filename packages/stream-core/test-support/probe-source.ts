/** What happened to one run of a {@link ProbeSource}, in order. */
export type ProbeEvent = 'open' | 'next' | 'return' | { readonly abort: unknown }

/**
 * A source that records what is done to it. It gives its items and then ends, never settles (`'stall'`), or fails.
 */
export class ProbeSource<T> {
  readonly events: ProbeEvent[] = []
  /** How many runs were opened. */
  opened = 0
  /** How often an item was asked for, in all runs. */
  pulls = 0
  readonly #items: readonly T[]
  readonly #ending: 'end' | 'stall' | { readonly error: unknown }

  constructor(items: readonly T[], ending: 'end' | 'stall' | { readonly error: unknown } = 'end') {
    this.#items = items
    this.#ending = ending
  }

  readonly open = (signal: AbortSignal): AsyncIterable<T> => {
    this.opened++
    this.events.push('open')
    signal.addEventListener('abort', () => this.events.push({ abort: signal.reason }))
    const items = this.#items.values()
    return {
      [Symbol.asyncIterator]: () => ({
        next: () => {
          this.pulls++
          this.events.push('next')
          const item = items.next()
          if (item.done !== true) return Promise.resolve(item)
          if (this.#ending === 'end') return Promise.resolve({ done: true, value: undefined })
          if (this.#ending === 'stall') return new Promise(() => {})
          return Promise.reject(this.#ending.error)
        },
        // As an async generator does while its `next()` is pending: the promise never settles.
        return: () => {
          this.events.push('return')
          return new Promise(() => {})
        },
      }),
    }
  }

  /** The reason of the abort, or `undefined` when there was none. */
  get abortReason(): unknown {
    const abort = this.events.find((event) => typeof event === 'object')
    return abort?.abort
  }

  get returned(): boolean {
    return this.events.includes('return')
  }
}

/** Lets everything happen that is only waiting for promises. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0))
}
