/** Payloads of an answer in order, at least one. */
export type Payloads = readonly Uint8Array[]

/** What may wait for the consumer before the body is held up, in bytes: what a socket gives at a time. */
const maxQueuedBytes = 64 * 1024

interface Waiting {
  readonly resolve: (payloads: Payloads | undefined) => void
  readonly reject: (error: unknown) => void
}

/** Turns pushed payloads into pulled ones: one promise for all payloads of a chunk. */
export class PayloadQueue {
  /** Bytes of all payloads that were added. */
  bytesReceived = 0
  #payloads: Uint8Array[] = []
  #queuedBytes = 0
  #waiting: Waiting | undefined
  #failure: { readonly error: unknown } | undefined
  #isEnded = false

  /** Why nothing more comes. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#failure
  }

  get isWaiting(): boolean {
    return this.#waiting !== undefined
  }

  get isFull(): boolean {
    return this.#queuedBytes > maxQueuedBytes
  }

  readonly add = (payload: Uint8Array): void => {
    if (payload.length === 0) return
    this.bytesReceived += payload.length
    this.#queuedBytes += payload.length
    this.#payloads.push(payload)
  }

  /**
   * Everything that was added and not taken yet; else what comes next. Ask again only when the last question is
   * answered.
   */
  take(): Promise<Payloads | undefined> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.deliver()
    })
  }

  /** The result of some work, or the failure as soon as there is one. */
  unlessFailed<T>(start: () => PromiseLike<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve: () => {}, reject }
      this.deliver()
      if (this.#failure === undefined) start().then(resolve, reject)
    })
  }

  /** Answers the consumer who waits, if there is something to answer with. */
  deliver(): void {
    const waiting = this.#waiting
    if (waiting === undefined) return
    if (this.#payloads.length > 0) waiting.resolve(this.#takeAll())
    else if (this.#failure !== undefined) waiting.reject(this.#failure.error)
    else if (this.#isEnded) waiting.resolve(undefined)
    else return
    this.#waiting = undefined
  }

  end(): void {
    this.#isEnded = true
    this.deliver()
  }

  fail(error: unknown): void {
    this.#failure ??= { error }
    this.deliver()
  }

  clear(): void {
    this.#takeAll()
  }

  #takeAll(): Payloads {
    const payloads = this.#payloads
    this.#payloads = []
    this.#queuedBytes = 0
    return payloads
  }
}
