import { mapConcurrent } from '@x/stream-core'
import { refusalScope } from '@x/sagemaker-endpoint/model-kit'
import { type SagemakerEndpoint, SagemakerError, type SagemakerEndpointOptions } from '@x/sagemaker-endpoint'
import type { EngineRow, EngineWork, JobEngine } from '../contract/job-engine.ts'
import { type EngineEndpoint, endpointOf } from './endpoint-of.ts'
import { FailureStreak } from './failure-streak.ts'
import { halves, maxRowsOf, outcomesOf, requestFor } from './row-requests.ts'

/** Options of `realtimeEngine`. */
export interface RealtimeEngineOptions {
  /** The endpoint, or the options for one. One that is made here sends fewer requests at a time while the endpoint throttles. */
  readonly endpoint: SagemakerEndpoint | SagemakerEndpointOptions
  /**
   * Most requests in flight. Rows share requests if the codec has a batch.
   * @defaultValue 8
   */
  readonly concurrency?: number | undefined
}

/** SageMaker's limit on the body of a request in real time, in bytes. */
const maxBodyBytes = 25 * 2 ** 20

/**
 * Sends rows to an endpoint and waits for each answer. Retries and time limits are those of the endpoint; a row whose time limit has
 * passed is `expired`. A refused batch is divided until the row at fault is found.
 *
 * @throws {RangeError} if `concurrency` is below 1
 */
export function realtimeEngine({ endpoint, concurrency = 8 }: RealtimeEngineOptions): JobEngine {
  if (!(concurrency >= 1)) throw new RangeError('concurrency must be at least 1')
  return new RealtimeEngine(endpointOf(endpoint), concurrency)
}

class RealtimeEngine implements JobEngine {
  readonly kind = 'realtime'
  readonly target: string
  readonly sizes = { maxRowsPerRequest: Number.POSITIVE_INFINITY, maxInlineBytes: maxBodyBytes, uploads: false }
  readonly #endpoint: EngineEndpoint
  readonly #concurrency: number

  constructor(endpoint: EngineEndpoint, concurrency: number) {
    this.#endpoint = endpoint
    this.target = endpoint.endpoint.endpointName
    this.#concurrency = concurrency
  }

  async run<I, O>(work: EngineWork<I, O>): Promise<void> {
    const { endpoint } = this.#endpoint
    const sender = new RowSender(endpoint, work)
    const writing = new Set<Promise<void>>()
    // Requests go on while results are written, yet no more wait than are sent at a time: both are sent again if the process is killed.
    const sendAndRecord = async (rows: readonly EngineRow<I>[]): Promise<void> => {
      const outcomes = await sender.send(rows)
      while (writing.size >= this.#concurrency) await Promise.race(writing)
      const write = work.finish(rows, outcomes)
      writing.add(write)
      write.then(
        () => writing.delete(write),
        () => {},
      )
    }
    try {
      for await (const _ of mapConcurrent(sendAndRecord, { concurrency: this.#concurrency })(rowsOf(work)));
      await Promise.all(writing)
    } finally {
      await Promise.allSettled(writing)
    }
  }

  close(): void {
    this.#endpoint.close()
  }
}

/** The rows to send. What was in flight when an earlier run died is sent again. */
async function* rowsOf<I>(work: EngineWork<I, unknown>): AsyncGenerator<readonly EngineRow<I>[], void, undefined> {
  const maxRows = maxRowsOf(work.codec)
  for await (const { rows, request } of work.items(() => maxRows)) yield rows ?? request.rows
}

class RowSender<I, O> {
  readonly #endpoint: SagemakerEndpoint
  readonly #work: EngineWork<I, O>
  readonly #streak = new FailureStreak()

  constructor(endpoint: SagemakerEndpoint, work: EngineWork<I, O>) {
    this.#endpoint = endpoint
    this.#work = work
  }

  /** @throws {SagemakerError} a failure that is not about these rows. */
  async send(rows: readonly EngineRow<I>[]): Promise<readonly (O | Error)[]> {
    try {
      const outcomes = await this.#exchange(rows)
      this.#streak.answered()
      return outcomes
    } catch (error) {
      if (!SagemakerError.is(error)) throw error
      return await this.#recover(error, rows)
    }
  }

  async #exchange(rows: readonly EngineRow<I>[]): Promise<readonly (O | Error)[]> {
    const { codec, signal } = this.#work
    const { body, contentType, accept, customAttributes } = await requestFor(codec, rows)
    const answer = await this.#endpoint.invoke(body, { contentType, accept, customAttributes, signal })
    return outcomesOf(codec, rows, answer.body, answer.metadata.contentType)
  }

  async #recover(failure: SagemakerError, rows: readonly EngineRow<I>[]): Promise<readonly (O | Error)[]> {
    const scope = refusalScope(failure)
    if (scope === 'call') throw failure
    if (scope === 'items') {
      if (rows.length > 1) {
        const [first, second] = halves(rows)
        const parts = [this.send(first), this.send(second)]
        return (await Promise.all(parts)).flat()
      }
      this.#streak.refused(failure)
      return [failure]
    }
    this.#streak.notAnswered(failure)
    // Unlike a single call, a row that timed out is sent again when the job is resumed.
    const error = failure.code === 'timeout' ? failure.with({ retryable: true }) : failure
    return rows.map(() => error)
  }
}
