import { SagemakerError } from '@x/sagemaker-endpoint'
import { refusalScope } from '@x/sagemaker-endpoint/model-kit'
import type { Completion, CompletionContext } from '../completion/completion-source.ts'
import type { EngineRequest, EngineRow, EngineWork } from '../contract/job-engine.ts'
import { AsyncSender } from './async-sender.ts'
import type { AsyncSettings } from './async-settings.ts'
import { failureIn } from './failure-object.ts'
import { FailureStreak } from './failure-streak.ts'
import { InFlight, type InFlightRequest } from './in-flight.ts'
import { halves, maxRowsOf, outcomesOf, requestFor } from './row-requests.ts'
import { Slots } from './slots.ts'

/** Calls at a time, to the endpoint and to S3 each. */
const concurrency = 16
const baseRetryDelayMs = 1000

/** One run of a job on an asynchronous endpoint. */
export class AsyncRun<I, O> {
  readonly #settings: AsyncSettings
  readonly #work: EngineWork<I, O>
  readonly #inFlight: InFlight<I>
  readonly #sender: AsyncSender<I, O>
  readonly #sending = new Slots(concurrency)
  readonly #reading = new Slots(concurrency)
  readonly #streak = new FailureStreak()
  /** Ends everything: the first failure, or the end of the work. */
  readonly #ending = new AbortController()
  readonly #signal: AbortSignal
  readonly #tasks = new Set<Promise<void>>()
  #failure: { readonly error: unknown } | undefined

  constructor(settings: AsyncSettings, work: EngineWork<I, O>) {
    this.#settings = settings
    this.#work = work
    this.#signal = AbortSignal.any([work.signal, this.#ending.signal])
    this.#inFlight = new InFlight(settings.maxInFlight, this.#signal)
    this.#sender = new AsyncSender(settings, work, this.#signal)
  }

  /** @throws {SagemakerError} what is not about single rows. */
  async run(): Promise<void> {
    const watching = this.#watch().catch((error: unknown) => this.#fail(error))
    const timer = setInterval(() => this.#expire(), Math.max(10, Math.min(1000, this.#settings.deadlineMs / 4)))
    try {
      await this.#read()
      await this.#inFlight.empty()
    } catch (error) {
      this.#fail(error)
    } finally {
      clearInterval(timer)
      this.#ending.abort()
      await watching
      while (this.#tasks.size > 0) await Promise.all(this.#tasks)
    }
    if (this.#failure !== undefined && !this.#work.signal.aborted) throw this.#failure.error
  }

  /** Sends the rows, no more than may be in flight. */
  async #read(): Promise<void> {
    const { maxInFlight } = this.#settings
    const maxRows = Math.min(maxRowsOf(this.#work.codec), maxInFlight)
    for await (const { rows, request } of this.#work.items(() => maxRows)) {
      await this.#inFlight.admit((rows ?? request.rows).length)
      if (this.#signal.aborted) return
      this.#start(() => (request === undefined ? this.#submit(rows) : this.#adopt(request)))
    }
  }

  async #watch(): Promise<void> {
    const { completion, objects } = this.#settings
    const context: CompletionContext = {
      jobId: this.#work.jobId,
      objects,
      signal: this.#signal,
      requests: () => this.#inFlight.requests(),
      request: (name) => this.#inFlight.request(name),
      waitForRequests: () => this.#inFlight.filled(),
    }
    for await (const news of completion.watch(context)) {
      const entry = this.#inFlight.request(news.name)
      if (entry === undefined) news.settled()
      else this.#start(() => this.#complete(entry, news))
    }
  }

  /** Does work in the background. What it throws ends the run. */
  #start(work: () => Promise<void>): void {
    const task = work()
      .catch((error: unknown) => this.#fail(error))
      .finally(() => this.#tasks.delete(task))
    this.#tasks.add(task)
  }

  #fail(error: unknown): void {
    // What breaks off because the run has ended is no failure.
    if (!this.#signal.aborted) this.#failure = { error }
    this.#ending.abort()
  }

  async #submit(rows: readonly EngineRow<I>[]): Promise<void> {
    await this.#send(await this.#work.submit(rows))
  }

  /** Goes on with a request of an earlier run: its answer may be there, on its way, or never have been asked for. */
  async #adopt(request: EngineRequest<I>): Promise<void> {
    if (request.locations === undefined) return this.#send(request)
    const entry = this.#inFlight.add(request, request.recordedAtMs)
    this.#inFlight.locate(entry, request.locations)
    if (this.#inFlight.claim(entry) && !(await this.#look(entry))) entry.isClaimed = false
  }

  async #send(request: EngineRequest<I>): Promise<void> {
    if (this.#signal.aborted) return
    // Before it is sent, because news of it can be faster than the response.
    const entry = this.#inFlight.add(request, Date.now())
    try {
      const locations = await this.#sending.run(() => this.#sender.send(request))
      entry.acceptedAtMs = Date.now()
      this.#inFlight.locate(entry, locations)
      // Not awaited: without the record the request is sent again to the same object. A failure to write shows with the next record.
      this.#work.accept(request, locations).catch(() => {})
    } catch (error) {
      if (this.#signal.aborted) return
      await this.#recover(error, entry)
    }
  }

  /** Fetches the outcome of a request, once. */
  async #complete(entry: InFlightRequest<I>, news: Completion): Promise<void> {
    await this.#inFlight.located(entry)
    if (this.#inFlight.claim(entry)) {
      const isThere = await this.#reading.run(() => this.#fetch(entry, news))
      if (!isThere) {
        entry.isClaimed = false
        return
      }
    }
    news.settled()
  }

  /** @returns whether there was an outcome. */
  async #fetch(
    entry: InFlightRequest<I>,
    { succeeded, reason }: Pick<Completion, 'succeeded' | 'reason'>,
  ): Promise<boolean> {
    const { request } = entry
    const { output = '', failure } = entry.locations ?? {}
    if (!succeeded) {
      const object = failure === undefined ? undefined : await this.#settings.objects.get(failure, this.#signal)
      const text = object === undefined ? reason : new TextDecoder().decode(object.body)
      if (text === undefined) return false
      const { body } = await requestFor(this.#work.codec, request.rows)
      const error = failureIn(text, this.#settings.endpoint.endpointName, body)
      this.#start(() => this.#recover(error, entry))
      return true
    }
    const object = output === '' ? undefined : await this.#settings.objects.get(output, this.#signal)
    if (object === undefined) return false
    let outcomes: readonly (O | Error)[]
    try {
      outcomes = await outcomesOf(this.#work.codec, request.rows, object.body, object.contentType)
    } catch (error) {
      this.#start(() => this.#recover(error, entry))
      return true
    }
    this.#streak.answered()
    await this.#finish(entry, outcomes)
    return true
  }

  /** Looks for the outcome of a claimed request without having heard of one. */
  async #look(entry: InFlightRequest<I>): Promise<boolean> {
    for (const succeeded of [true, false]) {
      if (await this.#reading.run(() => this.#fetch(entry, { succeeded }))) return true
    }
    return false
  }

  #expire(): void {
    const before = Date.now() - this.#settings.deadlineMs
    for (const entry of this.#inFlight.requests()) {
      if (entry.locations === undefined || entry.acceptedAtMs > before || !this.#inFlight.claim(entry)) continue
      this.#start(async () => {
        if (await this.#look(entry)) return
        const message = `no answer came within ${this.#settings.deadlineMs} ms (endpoint ${this.#settings.endpoint.endpointName}).`
        await this.#recover(new SagemakerError('timeout', message, { retryable: true }), entry)
      })
    }
  }

  async #finish(entry: InFlightRequest<I>, outcomes: readonly (O | Error)[]): Promise<void> {
    await this.#work.finish(entry.request.rows, outcomes)
    this.#inFlight.remove(entry, entry.request.rows.length)
  }

  /** Divides a request, sends it again, or fails its rows. */
  async #recover(thrown: unknown, entry: InFlightRequest<I>): Promise<void> {
    if (!SagemakerError.is(thrown)) throw thrown
    const { rows } = entry.request
    const scope = refusalScope(thrown)
    if (scope === 'call') throw thrown
    if (scope === 'items' && rows.length === 1) {
      this.#streak.refused(thrown)
      await this.#finish(entry, [thrown])
      return
    }
    if (scope === 'items') {
      this.#inFlight.remove(entry, 0)
      await Promise.all(halves(rows).map((half) => this.#submit(half)))
      return
    }
    if (thrown.code !== 'timeout') this.#streak.notAnswered(thrown)
    const attempt = rows[0]?.attempt ?? 1
    if (attempt >= this.#settings.maxAttempts) {
      const failure = thrown.with({ retryable: true })
      await this.#finish(
        entry,
        rows.map(() => failure),
      )
      return
    }
    this.#inFlight.remove(entry, 0)
    if (thrown.code !== 'timeout') await this.#inFlight.pause(Math.random() * baseRetryDelayMs * 2 ** attempt)
    if (!this.#signal.aborted) await this.#submit(rows.map((row) => ({ ...row, attempt: attempt + 1 })))
  }
}
