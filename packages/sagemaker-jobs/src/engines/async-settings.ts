import { SagemakerError, type SagemakerEndpoint, type SagemakerEndpointOptions } from '@x/sagemaker-endpoint'
import { s3Folder } from '../aws/s3-location.ts'
import { S3Objects } from '../aws/s3-objects.ts'
import type { ServiceConnection } from '../aws/service-connection.ts'
import type { CompletionSource } from '../completion/completion-source.ts'
import { listPrefix } from '../completion/list-prefix.ts'

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

/** Options with their defaults. */
export interface AsyncSettings {
  readonly endpoint: SagemakerEndpoint
  readonly objects: S3Objects
  readonly completion: CompletionSource
  readonly input: string | undefined
  readonly maxInlineBytes: number
  readonly maxInFlight: number
  readonly maxAttempts: number
  readonly requestTtlSeconds: number
  readonly invocationTimeoutSeconds: number
  readonly deadlineMs: number
}

/** SageMaker's limit on a body that is sent with an asynchronous call, in bytes. */
const maxInlineBytes = 128_000

/**
 * @throws {RangeError} if a number is below 1
 * @throws {SagemakerError} `invalid-request` if `input` is not an S3 URI, or missing although `inline` is `never`
 */
export function asyncSettings(endpoint: SagemakerEndpoint, options: AsyncEngineOptions): AsyncSettings {
  const { input, inline = 'auto', completion = 'list', s3 } = options
  const { requestTtlSeconds = 21_600, invocationTimeoutSeconds = 900 } = options
  const { maxInFlight = 1000, maxAttempts = 3 } = options
  const { deadlineMs = (requestTtlSeconds + invocationTimeoutSeconds + 60) * 1000 } = options
  const numbers = { maxInFlight, maxAttempts, deadlineMs, requestTtlSeconds, invocationTimeoutSeconds }
  for (const [name, value] of Object.entries(numbers)) {
    if (!(value >= 1)) throw new RangeError(`${name} must be at least 1`)
  }
  if (inline === 'never' && input === undefined) {
    throw new SagemakerError('invalid-request', "inline is 'never': set the option input to a folder in S3.")
  }
  return {
    ...numbers,
    endpoint,
    input: input === undefined ? undefined : s3Folder(input),
    maxInlineBytes: inline === 'auto' ? maxInlineBytes : 0,
    completion: completion === 'list' ? listPrefix() : completion,
    objects: new S3Objects(s3),
  }
}
