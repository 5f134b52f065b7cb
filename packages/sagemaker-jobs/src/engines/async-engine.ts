import type { EngineWork, JobEngine } from '../contract/job-engine.ts'
import { AsyncRun } from './async-run.ts'
import { type AsyncEngineOptions, type AsyncSettings, asyncSettings } from './async-settings.ts'
import { endpointOf } from './endpoint-of.ts'

/**
 * Sends rows to an endpoint for asynchronous inference, which queues them, scales to zero, and may take an hour for an answer. Answers
 * are fetched from S3. Rows of an earlier run of the job that were accepted are not sent again: their answers are fetched.
 *
 * @throws {RangeError} if a number is below 1
 * @throws {SagemakerError} `invalid-request` if `input` is not an S3 URI, or missing although `inline` is `never`
 */
export function asyncEngine(options: AsyncEngineOptions): JobEngine {
  return new AsyncEngine(options)
}

class AsyncEngine implements JobEngine {
  readonly kind = 'async'
  readonly target: string
  readonly sizes: JobEngine['sizes']
  readonly #settings: AsyncSettings
  readonly #closeEndpoint: () => void

  constructor(options: AsyncEngineOptions) {
    const opened = endpointOf(options.endpoint)
    this.#closeEndpoint = () => opened.close()
    this.#settings = asyncSettings(opened.endpoint, options)
    const { maxInFlight, maxInlineBytes, input } = this.#settings
    this.target = opened.endpoint.endpointName
    this.sizes = { maxRowsPerRequest: maxInFlight, maxInlineBytes, uploads: input !== undefined }
  }

  run<I, O>(work: EngineWork<I, O>): Promise<void> {
    return new AsyncRun(this.#settings, work).run()
  }

  close(): void {
    this.#settings.completion.close()
    this.#settings.objects.close()
    this.#closeEndpoint()
  }
}
