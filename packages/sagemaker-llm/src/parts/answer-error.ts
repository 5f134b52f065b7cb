import {
  errorFromContainer,
  parseContainerError,
  parseContainerErrorText,
  SagemakerError,
  type ContainerError,
  type SagemakerErrorCode,
  type SagemakerErrorDetails,
} from '@x/sagemaker-endpoint'
import { StreamDecodeError } from '@x/stream-core/decoders'
import type { ErrorDelta } from '../contract/answer.ts'
import { isJsonObject } from '@x/sagemaker-endpoint/model-kit'

/** Most characters of what could not be understood that are kept with an error. */
const snippetLength = 1_000

/** Where an answer comes from, for errors about it. */
export interface AnswerOrigin {
  readonly endpointName: string
  /** Body of the request: its text is taken out of messages. */
  readonly request: Uint8Array
  readonly statusCode?: number | undefined
  readonly requestId?: string | undefined
}

/**
 * The error that a container reports as a value of its answer, with HTTP status 200: `undefined` if the value is none.
 *
 * An object is one if it has an `error` that is not empty, says that its `object` is `"error"`, or has an `error_code`, or the `code`
 * of a failed request and a `message`: no container's answer looks like that.
 *
 * @param isMarked - The stream itself says that the value is an error, whatever it looks like.
 */
export function inBandError(value: unknown, isMarked = false): ContainerError | undefined {
  if (isMarked) return parseContainerError(value) ?? parseContainerErrorText(textOf(value))
  if (!isJsonObject(value)) return undefined
  const { error, object, code, message, error_code: errorCode } = value
  const isError =
    (isJsonObject(error) && !isBlank(error)) ||
    (typeof error === 'string' && error !== '') ||
    object === 'error' ||
    (typeof errorCode === 'number' && errorCode !== 0) ||
    (typeof code === 'number' && code >= 400 && typeof message === 'string')
  return isError ? parseContainerError(value) : undefined
}

/** Whether an object says nothing: some servers put an empty error beside every answer. */
function isBlank(value: object): boolean {
  return Object.values(value).every((member) => member === null || member === '' || member === 0 || member === false)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

/** The error for one that the reader of the container's format has found in, or after, a value. */
export function errorFromDelta(delta: ErrorDelta, value: unknown, origin: AnswerOrigin): SagemakerError {
  if (delta.kind === 'interrupted') return answerError('stream-interrupted', delta.message, origin)
  if (delta.kind === 'unreadable') {
    // What is no answer may be an error in one of the shapes that are too common to look for in every value.
    const reported = parseContainerError(value)
    if (reported !== undefined) return errorFromContainer(reported, origin)
    const snippet = JSON.stringify(value)?.slice(0, snippetLength)
    return answerError('unexpected-response', `the format of the answer is not recognized: ${delta.message}`, origin, {
      snippet,
    })
  }
  const reported = parseContainerError({ message: delta.message, code: delta.statusCode })
  return errorFromContainer(reported ?? { message: delta.message, status: delta.statusCode, kind: 'model' }, origin)
}

/** How far an answer had been decoded. */
export interface DecodeProgress {
  /** How many values there were. */
  readonly valuesSeen: number
  /** Whether the answer came as a stream. */
  readonly isStream: boolean
}

/**
 * The error for what was thrown while an answer was decoded: by a decoder, or by a content handler that did not expect
 * what it was given. A `SagemakerError` is returned as it is.
 */
export function errorFromThrown(thrown: unknown, progress: DecodeProgress, origin: AnswerOrigin): SagemakerError {
  if (SagemakerError.is(thrown)) return thrown
  if (!StreamDecodeError.is(thrown)) {
    return answerError('unexpected-response', 'the content handler could not read the answer', origin, {
      cause: thrown,
    })
  }
  const details = { cause: thrown, snippet: thrown.text?.slice(0, snippetLength) }
  if (thrown.atEnd || isStartOfField(thrown.text)) {
    return answerError('stream-interrupted', 'the answer ended within a value', origin, details)
  }
  // A page within a stream comes from a proxy that lost the container: the bytes are not those that were sent.
  const isPage = progress.isStream && thrown.text?.trimStart().startsWith('<')
  const code = progress.valuesSeen === 0 && !isPage ? 'unexpected-response' : 'stream-corrupt'
  return answerError(code, `the answer cannot be decoded: ${thrown.message}`, origin, details)
}

/** An error about an answer. `what` goes into its message and must not hold text of the prompt or of the answer. */
export function answerError(
  code: SagemakerErrorCode,
  what: string,
  { endpointName, statusCode, requestId }: AnswerOrigin,
  details: SagemakerErrorDetails = {},
): SagemakerError {
  return new SagemakerError(code, `${what} (endpoint ${endpointName}).`, {
    endpointName,
    statusCode,
    requestId,
    ...details,
  })
}

/** Whether the input ended within the name of a field, such as `dat`, which is not JSON either. */
function isStartOfField(text: string | undefined): boolean {
  return (
    text !== undefined && text !== '' && ['data:', 'event:', 'id:', 'retry:'].some((field) => field.startsWith(text))
  )
}
