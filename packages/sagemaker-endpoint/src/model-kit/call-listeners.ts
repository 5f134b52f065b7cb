import { randomUUID } from 'node:crypto'
import { runHook } from '../hooks.ts'

/** Identifies a call. */
export interface StartedCall {
  /** Unique per call; every event of the call carries it. */
  readonly callId: string
}

/**
 * Receives the steps of one call: any number of `progress`, then either `end` or `fail`, once.
 *
 * @typeParam Progress - a step of the call, such as a chunk of the answer.
 * @typeParam Outcome - the result of the call, complete or partial.
 */
export interface CallRecord<Progress, Outcome> {
  /** Runs a function in an asynchronous context, such as that of a span. Can be called any number of times. */
  readonly within?: (<R>(run: () => R) => R) | undefined
  /** Reports a step. */
  progress?(progress: Progress, elapsedMs: number): void
  /** Reports the end: the call succeeded, or the consumer left early. */
  end?(outcome: Outcome, elapsedMs: number): void
  /** Reports a failure, with the partial outcome if there is one. */
  fail?(error: unknown, elapsedMs: number, outcome: Outcome | undefined): void
}

/** Observes the calls of a model object: callbacks, telemetry. */
export interface CallListener<Call, Progress, Outcome> {
  /** Names the listener in warnings. */
  readonly name: string
  /** Called when a call starts; returns what receives its steps. */
  start(call: Call & StartedCall): CallRecord<Progress, Outcome>
}

/** The listeners of a model object. A listener that throws never affects a call; see `runHook`. */
export class CallListeners<Call extends object, Progress, Outcome> {
  readonly #listeners: readonly CallListener<Call, Progress, Outcome>[]

  /** @param listeners - notified in this order. The contexts of earlier listeners enclose those of later ones. */
  constructor(...listeners: readonly (CallListener<Call, Progress, Outcome> | undefined)[]) {
    this.#listeners = listeners.filter((listener) => listener !== undefined)
  }

  /** Whether there are no listeners. */
  get isEmpty(): boolean {
    return this.#listeners.length === 0
  }

  /**
   * Notifies the listeners of the start of a call.
   *
   * @param more - listeners for this call only.
   */
  start(
    call: Call,
    ...more: readonly (CallListener<Call, Progress, Outcome> | undefined)[]
  ): ListenedCall<Progress, Outcome> {
    return new ListenedCall([...this.#listeners, ...more.filter((one) => one !== undefined)], call)
  }
}

type Context = <R>(run: () => R) => R

/** Notifies listeners of the steps of one call. Only the first `end` or `fail` counts; later steps are ignored. */
export class ListenedCall<Progress, Outcome> {
  readonly #records: {
    readonly listener: { readonly name: string }
    readonly record: CallRecord<Progress, Outcome>
  }[] = []
  readonly #startedAt = performance.now()
  #isOver = false
  /** Runs a function, such as the one that sends a request, in the contexts of the listeners. */
  within: Context = (run) => run()

  constructor(listeners: readonly CallListener<never, Progress, Outcome>[], call: object) {
    const started = { ...call, callId: randomUUID() }
    for (const listener of listeners) {
      runHook(listener, `${listener.name}.start`, () => this.#keep(listener, started), undefined)
    }
  }

  /** Whether the call has ended or failed. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** Milliseconds since the start of the call. */
  elapsedMs(): number {
    return performance.now() - this.#startedAt
  }

  /** Reports a step. */
  progress(progress: Progress): void {
    if (this.#isOver) return
    this.#tell('progress', (record, elapsedMs) => record.progress?.(progress, elapsedMs))
  }

  /** Reports the end: the call succeeded, or the consumer left early. */
  end(outcome: Outcome): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#tell('end', (record, elapsedMs) => record.end?.(outcome, elapsedMs))
  }

  /**
   * Reports a failure.
   *
   * @param outcome - the partial outcome, if there is one.
   */
  fail(error: unknown, outcome?: Outcome): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#tell('fail', (record, elapsedMs) => record.fail?.(error, elapsedMs, outcome))
  }

  #keep(listener: CallListener<never, Progress, Outcome>, started: object): void {
    const outer = this.within
    const record = outer(() => listener.start(started as never))
    this.#records.push({ listener, record })
    const { within: inner } = record
    if (inner !== undefined) this.within = (run) => outer(() => inner(run))
  }

  #tell(
    step: keyof CallRecord<Progress, Outcome>,
    tell: (record: CallRecord<Progress, Outcome>, elapsedMs: number) => void,
  ): void {
    const elapsedMs = this.elapsedMs()
    for (const { listener, record } of this.#records) {
      runHook(listener, `${listener.name}.${step}`, () => this.within(() => tell(record, elapsedMs)), undefined)
    }
  }
}
