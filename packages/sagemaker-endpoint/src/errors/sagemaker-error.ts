import type { PartialAnswer } from '@x/bedrock-like-types'
import { printable } from './printable.ts'
import { type SagemakerErrorCode, isRetryableCode } from './sagemaker-error-code.ts'

/** One attempt of a call that was made more than once, or failed. */
export interface Attempt {
  /** How it failed. */
  readonly code: SagemakerErrorCode
  /** Its HTTP status, if there was an answer. */
  readonly statusCode: number | undefined
  /** SageMaker's id of the request, if there was an answer. */
  readonly requestId: string | undefined
  /** How long the attempt took, in milliseconds. */
  readonly durationMs: number
  /** How long was waited after it before the next one, in milliseconds; 0 after the last. */
  readonly delayMs: number
}

/** What is known about a failure in addition to its code and message. */
export interface SagemakerErrorDetails {
  /** `access-denied`: the IAM action that is missing, such as `sagemaker:InvokeEndpoint`. */
  readonly action?: string | undefined
  /** `missing-dependency`: name of the package to install. */
  readonly packageName?: string | undefined
  /** `invalid-configuration`: where the mistake is, such as `models.my-llama.kind`. */
  readonly path?: string | undefined
  /** `invalid-row`: line of the input, from 1. */
  readonly line?: number | undefined
  /** Batches: position of the item that failed, from 0. */
  readonly index?: number | undefined
  /** Batches: the caller's name for the item that failed. */
  readonly id?: string | undefined
  /** Whether the same request may succeed when it is sent again. Follows from the code if it is not given. */
  readonly retryable?: boolean | undefined
  /** Name of the endpoint that was called. */
  readonly endpointName?: string | undefined
  /** HTTP status of SageMaker's answer. */
  readonly statusCode?: number | undefined
  /** HTTP status of the container's answer to SageMaker. */
  readonly originalStatusCode?: number | undefined
  /** SageMaker's id of the request. */
  readonly requestId?: string | undefined
  /** CloudWatch log stream of the container. */
  readonly logStreamArn?: string | undefined
  /** How long SageMaker or the container asked to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined
  /** Every attempt that was made, in order. */
  readonly attempts?: readonly Attempt[] | undefined
  /** What was thrown underneath, if it holds no text of prompts or answers. */
  readonly cause?: unknown
  /** The container's own message in full. Kept out of logs. */
  readonly originalMessage?: string | undefined
  /** The beginning of an answer that could not be understood. Kept out of logs. */
  readonly snippet?: string | undefined
  /** What had arrived before the failure. Kept out of logs. */
  readonly partial?: PartialAnswer | undefined
}

const brand: unique symbol = Symbol.for('@x/sagemaker-endpoint.SagemakerError') as never

/**
 * The one error of this package and those built on it: every failure of a call, wherever it occurred.
 *
 * What may hold text of the prompt or of the answer (`originalMessage`, `snippet`, `partial`) is not enumerable and not
 * part of `toJSON()`. `message` and `toJSON()` are safe to log.
 */
export class SagemakerError extends Error {
  /**
   * `'AbortError'` if the code is `aborted`, as the platform's own abort errors are named; `'SagemakerError'`
   * otherwise.
   */
  override readonly name: 'SagemakerError' | 'AbortError'
  /** What went wrong, as a stable word to branch on. */
  readonly code: SagemakerErrorCode
  /** Whether the same request may succeed when it is sent again. */
  readonly retryable: boolean
  /** Name of the endpoint that was called; empty if there was none. */
  readonly endpointName: string
  /** HTTP status of SageMaker's answer. */
  declare readonly statusCode?: number
  /** HTTP status of the container's answer to SageMaker; 0 if it did not answer in time. */
  declare readonly originalStatusCode?: number
  /** SageMaker's id of the request, for a support case. */
  declare readonly requestId?: string
  /** CloudWatch log stream of the container. */
  declare readonly logStreamArn?: string
  /** How long SageMaker or the container asked to wait, in milliseconds. */
  declare readonly retryAfterMs?: number
  /** Every attempt that was made, in order. Empty if the call failed before the first. */
  readonly attempts: readonly Attempt[]
  /** `access-denied`: the IAM action that is missing, such as `sagemaker:InvokeEndpoint`. */
  declare readonly action?: string
  /** `missing-dependency`: name of the package to install. */
  declare readonly packageName?: string
  /** `invalid-configuration`: where the mistake is, such as `models.my-llama.kind`. */
  declare readonly path?: string
  /** `invalid-row`: line of the input, from 1. */
  declare readonly line?: number
  /** Batches: position of the item that failed, from 0. */
  declare readonly index?: number
  /** Batches: the caller's name for the item that failed. */
  declare readonly id?: string
  /** The container's own message in full. Not enumerable: it may hold the prompt. */
  declare readonly originalMessage?: string
  /**
   * The beginning of an answer that could not be understood. Not enumerable: it may hold text of the prompt or of the
   * answer.
   */
  declare readonly snippet?: string
  /** What had arrived before the failure. Not enumerable. */
  declare readonly partial?: PartialAnswer

  /** @param message - what was wrong, where, and what to do; the code is put before it. */
  constructor(code: SagemakerErrorCode, message: string, details: SagemakerErrorDetails = {}) {
    super(
      `${code}: ${message}`,
      'cause' in details && details.cause !== undefined ? { cause: details.cause } : undefined,
    )
    this.name = code === 'aborted' ? 'AbortError' : 'SagemakerError'
    this.code = code
    this.retryable = details.retryable ?? isRetryableCode(code)
    this.endpointName = details.endpointName ?? ''
    this.attempts = details.attempts ?? []
    for (const key of facts) if (details[key] !== undefined) show(this, key, safeFact(details[key]))
    hide(this, brand, true)
    hide(this, 'originalMessage', details.originalMessage)
    hide(this, 'snippet', details.snippet)
    hide(this, 'partial', details.partial)
  }

  /**
   * Whether a value is a `SagemakerError`, also one of another copy of this package.
   */
  static is(value: unknown): value is SagemakerError {
    return typeof value === 'object' && value !== null && brand in value
  }

  /**
   * The same error with more known about it: what had arrived, or which text failed. Message, code and stack stay.
   */
  with(details: Omit<SagemakerErrorDetails, 'cause'>): SagemakerError {
    const error = new SagemakerError(this.code, this.message.slice(this.code.length + 2), {
      ...Object.fromEntries(Object.entries(this)),
      cause: this.cause,
      originalMessage: this.originalMessage,
      snippet: this.snippet,
      partial: this.partial,
      ...details,
    })
    if (this.stack !== undefined) error.stack = this.stack
    return error
  }

  /** Everything that is safe to log: no text of the prompt or of the answer. */
  toJSON(): Record<string, unknown> {
    return { message: this.message, ...Object.fromEntries(Object.entries(this)) }
  }
}

/** Members that an error has only where they are known. */
const facts = [
  'statusCode',
  'originalStatusCode',
  'requestId',
  'logStreamArn',
  'retryAfterMs',
  'action',
  'packageName',
  'path',
  'line',
  'index',
  'id',
] as const

/** More than any id or ARN of AWS has. */
const maxFactLength = 1_024

/** Ids and ARNs come from response headers and bodies, and so may hold anything. */
function safeFact(value: string | number): string | number {
  return typeof value === 'string' ? printable(value.slice(0, maxFactLength)) : value
}

function show(error: SagemakerError, key: string, value: unknown): void {
  Object.defineProperty(error, key, { value, enumerable: true, configurable: true, writable: true })
}

function hide(error: SagemakerError, key: string | symbol, value: unknown): void {
  if (value !== undefined)
    Object.defineProperty(error, key, { value, enumerable: false, configurable: true, writable: true })
}
