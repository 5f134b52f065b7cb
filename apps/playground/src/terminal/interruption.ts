/** What Ctrl-C does: the first one asks the command to end, the second one ends the process. */
export class Interruption {
  readonly #controller = new AbortController()
  readonly #exit: () => void
  #handler: (() => void) | undefined

  /** @param exit - ends the process. */
  constructor(exit: () => void) {
    this.#exit = exit
  }

  /** Aborts at the first Ctrl-C that nobody else handles. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Tells of a Ctrl-C. */
  interrupt(): void {
    if (this.#handler !== undefined) this.#handler()
    else if (this.signal.aborted) this.#exit()
    else this.#controller.abort()
  }

  /** From now on, Ctrl-C is what `handler` says. */
  handle(handler: () => void): void {
    this.#handler = handler
  }
}
