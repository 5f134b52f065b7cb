/** A gate that a source of work passes before each item: while it is closed, nothing more begins. */
export class Gate {
  #opened: Promise<void> | undefined
  #open: (() => void) | undefined

  get isClosed(): boolean {
    return this.#opened !== undefined
  }

  close(): void {
    this.#opened ??= new Promise((resolve) => (this.#open = resolve))
  }

  open(): void {
    this.#open?.()
    this.#opened = this.#open = undefined
  }

  /** Resolves at once, or when the gate opens. */
  async passed(): Promise<void> {
    while (this.#opened !== undefined) await this.#opened
  }
}
