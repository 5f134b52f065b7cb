import { type ContainerError, parseContainerErrorText } from './container-error.ts'
import type { SagemakerErrorCode } from './sagemaker-error-code.ts'

/**
 * A failure that SageMaker reported, in whichever of its places: an HTTP answer, an exception of the SDK, or an event
 * of a stream.
 */
export interface ServiceFailure {
  /** SageMaker's name for the error, such as `ModelError`; empty if there was none. */
  readonly name: string
  /** SageMaker's message; for a container's error it quotes the container. */
  readonly message: string
  readonly statusCode?: number | undefined
  readonly requestId?: string | undefined
  readonly originalStatusCode?: number | undefined
  readonly originalMessage?: string | undefined
  readonly logStreamArn?: string | undefined
  readonly retryAfterMs?: number | undefined
  /** `ErrorCode` of a `ModelStreamError`. */
  readonly streamErrorCode?: string | undefined
  /** The code, where the place of the failure leaves no doubt. */
  readonly code?: SagemakerErrorCode | undefined
  /** Something between here and SageMaker answered, such as a proxy. */
  readonly isForeign?: boolean | undefined
  /** The answer's beginning, where it was not in SageMaker's format. */
  readonly snippet?: string | undefined
}

/** The container's part in a failure. */
export interface ContainerPart {
  readonly error: ContainerError
  /** What the container sent, as it is. */
  readonly text: string
  /** The container's HTTP status; 0 if it did not answer in time. */
  readonly status: number | undefined
}

/** Takes the container's own error out of SageMaker's, or gives `undefined` where the container had no part in it. */
export function containerPart(failure: ServiceFailure): ContainerPart | undefined {
  const quoted = quotedError(failure.message)
  const isContainers = failure.name === 'ModelError' || failure.name === 'ModelStreamError'
  const text = failure.originalMessage ?? quoted?.text ?? (isContainers ? failure.message : undefined)
  if (text === undefined) return undefined
  const status = failure.originalStatusCode ?? quoted?.status
  const error = parseContainerErrorText(text === '' ? failure.message : text, status)
  return { error, text, status }
}

/** SageMaker's own wording: `Received server error (500) from primary with message "...". See https://... for more.` */
function quotedError(message: string): { readonly status: number; readonly text: string } | undefined {
  const start = message.search(/Received (?:client|server) error \(\d/)
  if (start < 0) return undefined
  const [head, status] =
    /^Received \w{6} error \((\d{1,3})\) from [^\s"]{1,100} with message "/.exec(message.slice(start)) ?? []
  if (head === undefined) return undefined
  const textAt = start + head.length
  const see = message.lastIndexOf('". See ')
  const end = see >= textAt ? see : message.lastIndexOf('"')
  return end < textAt ? undefined : { status: Number(status), text: message.slice(textAt, end) }
}

/** Carries a failure that SageMaker reported to where the call's context is known. */
export class ReportedFailure extends Error {
  readonly failure: ServiceFailure

  constructor(failure: ServiceFailure) {
    super(failure.name)
    this.failure = failure
  }
}
