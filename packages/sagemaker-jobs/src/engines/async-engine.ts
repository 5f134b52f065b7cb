import type { SagemakerEndpoint, SagemakerEndpointOptions } from '@x/sagemaker-endpoint'
import { S3Objects } from '../aws/s3-objects.ts'
import { s3Folder } from '../aws/s3-location.ts'
import type { ServiceConnection } from '../aws/service-connection.ts'
import type { CompletionSource } from '../completion/completion-source.ts'
import { listPrefix } from '../completion/list-prefix.ts'
import type { EngineWork, JobEngine } from '../contract/job-engine.ts'
import { type AsyncSettings, AsyncRun } from './async-run.ts'
import { endpointOf } from './endpoint-of.ts'

/** Options of `asyncEngine`. */
export interface AsyncEngineOptions {
  /** The endpoint, which has to be one for asynchronous inference, or the options for it. */
  readonly endpoint: SagemakerEndpoint | SagemakerEndpointOptions
  /**
   * Folder for request bodies that are too long to be sent inline, such as `s3://bucket/in/`. The endpoint's role must be allowed to
   * read it. Without it, rows that are longer fail.
   */
  readonly input?: string | undefined
  /**
   * Which bodies are sent with the call instead of through S3: `auto` for those of at most 128,000 bytes, or `never`.
   * @defaultValue `'auto'`
   */
  readonly inline?: 'auto' | 'never' | undefined
  /**
   * How the engine learns of answers: `list` is `listPrefix()`.
   * @defaultValue `'list'`
   */
  readonly completion?: 'list' | CompletionSource | undefined
  /**
   * Most rows in flight. At most half of what the endpoint answers within `requestTtlSeconds`.
   * @defaultValue 1,000
   */
  readonly maxInFlight?: number | undefined
  /**
   * How often a row is sent when it expires or fails for a passing reason.
   * @defaultValue 3
   */
  readonly maxAttempts?: number | undefined
  /**
   * How long a request may wait in the endpoint's queue, in seconds, 60 to 21,600.
   * @defaultValue 21,600
   */
  readonly requestTtlSeconds?: number | undefined
  /**
   * How long the container may work on a request, in seconds, 1 to 3,600.
   * @defaultValue 900
   */
  readonly invocationTimeoutSeconds?: number | undefined
  /**
   * When a row without an answer is taken for lost, in milliseconds after it was accepted.
   * @defaultValue the two limits together, and a minute
   */
  readonly deadlineMs?: number | undefined
  /** Client of S3, or options for one. */
  readonly s3?: ServiceConnection | undefined
}

/** SageMaker's limit on a body that is sent with an asynchronous call, in bytes. */
const maxInlineBytes = 128_000

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
    const { endpoint } = opened
    const { input, inline = 'auto', completion = 'list', s3 } = options
    const { requestTtlSeconds = 21_600, invocationTimeoutSeconds = 900 } = options
    const { maxInFlight = 1000, maxAttempts = 3 } = options
    const { deadlineMs = (requestTtlSeconds + invocationTimeoutSeconds + 60) * 1000 } = options
    const numbers = { maxInFlight, maxAttempts, deadlineMs, requestTtlSeconds, invocationTimeoutSeconds }
    for (const [name, value] of Object.entries(numbers)) {
      if (!(value >= 1)) throw new RangeError(`${name} must be at least 1`)
    }
    this.#closeEndpoint = () => opened.close()
    this.target = endpoint.endpointName
    this.sizes = {
      maxRowsPerRequest: maxInFlight,
      maxInlineBytes: inline === 'auto' ? maxInlineBytes : 0,
      uploads: input !== undefined,
    }
    this.#settings = {
      endpoint,
      objects: new S3Objects(s3),
      completion: completion === 'list' ? listPrefix() : completion,
      input: input === undefined ? undefined : s3Folder(input),
      maxInlineBytes: this.sizes.maxInlineBytes,
      maxInFlight,
      maxAttempts,
      requestTtlSeconds,
      invocationTimeoutSeconds,
      deadlineMs,
    }
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
