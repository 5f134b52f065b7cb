import { randomUUID } from 'node:crypto'
import { runHook } from '../hooks.ts'

/** What every call of a model object is known by. */
export interface StartedCall {
  /** The same in all that is said of one call, and in no other. */
  readonly callId: string
}

/**
 * What a listener keeps of one call: any number of `progress`, then `end` or `fail`, once and last.
 *
 * @typeParam Progress - a step of the call, such as a chunk of the answer.
 * @typeParam Outcome - what came of the call.
 */
export interface CallRecord<Progress, Outcome> {
  /** Runs a part of the call in the context of this record, such as that of a span; at any time, any number of times. */
  readonly within?: (<R>(run: () => R) => R) | undefined
  /** The call went a step further. */
  progress?(progress: Progress, elapsedMs: number): void
  /** The call ended without a failure, or its caller left it. */
  end?(outcome: Outcome, elapsedMs: number): void
  /** The call failed; `outcome` is what it had brought until then, where that is known. */
  fail?(error: unknown, elapsedMs: number, outcome: Outcome | undefined): void
}

/** Sees the calls of a model object: callbacks, telemetry. */
export interface CallListener<Call, Progress, Outcome> {
  /** For the warning of a listener that fails. */
  readonly name: string
  /** A call starts. */
  start(call: Call & StartedCall): CallRecord<Progress, Outcome>
}

/** The listeners of a model object. A listener that fails does to a call what a hook that fails does: nothing. */
export class CallListeners<Call extends object, Progress, Outcome> {
  readonly #listeners: readonly CallListener<Call, Progress, Outcome>[]

  /** @param listeners - in the order in which they see each step; the contexts of earlier ones enclose those of later ones. */
  constructor(...listeners: readonly (CallListener<Call, Progress, Outcome> | undefined)[]) {
    this.#listeners = listeners.filter((listener) => listener !== undefined)
  }

  /** Nobody listens: calls can run as if there were no listeners. */
  get isEmpty(): boolean {
    return this.#listeners.length === 0
  }

  /**
   * Tells the listeners that a call starts.
   *
   * @param more - listeners of this call only.
   */
  start(
    call: Call,
    ...more: readonly (CallListener<Call, Progress, Outcome> | undefined)[]
  ): ListenedCall<Progress, Outcome> {
    return new ListenedCall([...this.#listeners, ...more.filter((one) => one !== undefined)], call)
  }
}

type Context = <R>(run: () => R) => R

/** A call that listeners see, from its start to its end. They see one end only: the first. */
export class ListenedCall<Progress, Outcome> {
  readonly #records: {
    readonly listener: { readonly name: string }
    readonly record: CallRecord<Progress, Outcome>
  }[] = []
  readonly #startedAt = performance.now()
  #isOver = false
  /** Runs a part of the call, such as the sending of a request, in the contexts of the listeners. */
  within: Context = (run) => run()

  constructor(listeners: readonly CallListener<never, Progress, Outcome>[], call: object) {
    const started = { ...call, callId: randomUUID() }
    for (const listener of listeners) {
      runHook(listener, `${listener.name}.start`, () => this.#keep(listener, started), undefined)
    }
  }

  /** The listeners have seen the end of the call. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** Milliseconds since the start of the call. */
  elapsedMs(): number {
    return performance.now() - this.#startedAt
  }

  /** The call went a step further. */
  progress(progress: Progress): void {
    if (this.#isOver) return
    this.#tell('progress', (record, elapsedMs) => record.progress?.(progress, elapsedMs))
  }

  /** The call ended without a failure, or its caller left it. */
  end(outcome: Outcome): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#tell('end', (record, elapsedMs) => record.end?.(outcome, elapsedMs))
  }

  /**
   * The call failed.
   *
   * @param outcome - what it had brought until then, where that is known.
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
