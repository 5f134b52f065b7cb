import { type Hook, runHook } from '../hooks.ts'
import type { EndpointEvent, EndpointObserver } from '../options/endpoint-observer.ts'
import type { Operation } from '../wire/runtime-request.ts'

type Details<Event extends keyof EndpointObserver> = Omit<
  Parameters<NonNullable<EndpointObserver[Event]>>[0],
  keyof EndpointEvent
>

let calls = 0

/** Times one call and notifies the observers of its steps. */
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

  /** Whether an observer has a method for this event. */
  wants(event: keyof EndpointObserver): boolean {
    return this.#observers.some((observer) => observer[event] !== undefined)
  }

  /** @param details - called only if an observer has a method for this event. */
  tell<Event extends keyof EndpointObserver>(event: Event, details: () => Details<Event>): void {
    if (!this.wants(event)) return
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
