/** Below this many taken places it is not worth the copy to give their memory back. */
const minTakenToCompact = 32

/**
 * First in, first out, at a constant cost per item (`Array.shift` moves all that are left).
 */
export class Queue<T> {
  #items: T[] = []
  #taken = 0

  get length(): number {
    return this.#items.length - this.#taken
  }

  add(item: T): void {
    this.#items.push(item)
  }

  clear(): void {
    this.#items = []
    this.#taken = 0
  }

  /** Takes the first item; there must be one. */
  take(): T {
    const item = this.#items[this.#taken++] as T
    if (this.#taken >= minTakenToCompact && this.#taken * 2 >= this.#items.length) {
      this.#items = this.#items.slice(this.#taken)
      this.#taken = 0
    }
    return item
  }
}
