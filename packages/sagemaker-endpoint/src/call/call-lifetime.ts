import type { SagemakerError } from '../errors/sagemaker-error.ts'

/** From the start of a call to its end: one signal for everything that can end it. */
export class CallLifetime {
  readonly #controller = new AbortController()
  readonly #parent: AbortSignal
  readonly #onParentAborted = (): void => this.#controller.abort(this.#parent.reason)
  readonly #timer: ReturnType<typeof setTimeout> | undefined

  /**
   * @param parent its reason becomes this one's.
   * @param totalMs `Infinity` for no limit.
   */
  constructor(parent: AbortSignal, totalMs: number, toTimeout: () => SagemakerError) {
    this.#parent = parent
    if (parent.aborted) this.#onParentAborted()
    else parent.addEventListener('abort', this.#onParentAborted)
    // Node takes longer waits for no wait at all.
    if (totalMs < 2 ** 31) this.#timer = setTimeout(() => this.#controller.abort(toTimeout()), totalMs)
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  end(): void {
    clearTimeout(this.#timer)
    this.#parent.removeEventListener('abort', this.#onParentAborted)
  }
}
