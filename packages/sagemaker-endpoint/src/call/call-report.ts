import type { CallEvent, EndpointObserver } from '../options/endpoint-observer.ts'
import type { Operation } from '../wire/runtime-request.ts'

type Details<Event extends keyof EndpointObserver> = Omit<
  Parameters<NonNullable<EndpointObserver[Event]>>[0],
  keyof CallEvent
>

let calls = 0

/** Times one call and tells the observers of its steps. */
export class CallReport {
  readonly #startedAt: number
  readonly #observers: readonly EndpointObserver[]
  readonly #endpointName: string
  readonly #operation: Operation
  #callId: string | undefined

  /** @param startedAt when the call began, by `performance.now()`. */
  constructor(observers: readonly EndpointObserver[], endpointName: string, operation: Operation, startedAt: number) {
    this.#observers = observers
    this.#endpointName = endpointName
    this.#operation = operation
    this.#startedAt = startedAt
  }

  /** Milliseconds since the call began. */
  elapsedMs(): number {
    return performance.now() - this.#startedAt
  }

  /** An observer that throws is no reason for a call to fail. */
  tell<Event extends keyof EndpointObserver>(event: Event, details: () => Details<Event>): void {
    if (this.#observers.length === 0) return
    const told = {
      callId: (this.#callId ??= `${++calls}`),
      endpointName: this.#endpointName,
      operation: this.#operation,
      elapsedMs: this.elapsedMs(),
      ...details(),
    }
    for (const observer of this.#observers)
      quietly(() => (observer[event] as ((told: unknown) => void) | undefined)?.(told))
  }
}

/** Runs the caller's code where its failure concerns nobody. */
export function quietly(run: () => void): void {
  try {
    run()
  } catch {
    // Documented: what hooks throw is ignored.
  }
}
