import { type Hook, runHook } from '../hooks.ts'
import type { EndpointEvent, EndpointObserver } from '../options/endpoint-observer.ts'
import type { Operation } from '../wire/runtime-request.ts'

type Details<Event extends keyof EndpointObserver> = Omit<
  Parameters<NonNullable<EndpointObserver[Event]>>[0],
  keyof EndpointEvent
>

let calls = 0

/** Times one call and tells the observers of its steps. */
export class CallReport {
  readonly #startedAt: number
  readonly #observers: readonly EndpointObserver[]
  readonly #endpointName: string
  readonly #operation: Operation
  #callId: string | undefined

  /** @param startedAt - when the call began, by `performance.now()`. */
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

  /** An observer that fails does not fail the call. */
  tell<Event extends keyof EndpointObserver>(event: Event, details: () => Details<Event>): void {
    if (this.#observers.length === 0) return
    const told = {
      callId: (this.#callId ??= `${++calls}`),
      endpointName: this.#endpointName,
      operation: this.#operation,
      elapsedMs: this.elapsedMs(),
      ...details(),
    }
    for (const observer of this.#observers) runHook(observer, event, observer[event] as Hook<unknown> | undefined, told)
  }
}
