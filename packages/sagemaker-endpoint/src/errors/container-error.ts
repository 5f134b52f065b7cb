import { type ErrorSubject, readErrorWords } from './error-words.ts'
import { isJsonObject, type JsonObject, stringIn } from '../json-fields.ts'

/**
 * What sort of failure a container reports, whatever words its own error format uses.
 */
export type ContainerErrorKind =
  | 'validation'
  | 'overloaded'
  | 'model'
  | 'not-found'
  | 'timeout'
  | 'context-length'
  | 'payload-too-large'
  | 'eula'

/** A container's own error, read from one of the shapes in which containers write it. */
export interface ContainerError {
  /** The container's words. They may echo the prompt: do not log them. */
  readonly message: string
  /** The status that the container named in the error, or answered with. */
  readonly status: number | undefined
  /** What sort of failure it is, by status, type and words. */
  readonly kind: ContainerErrorKind
}

interface Found {
  readonly message: string
  readonly status?: number | undefined
  readonly type?: string | undefined
  readonly isWrapped?: boolean
}

/**
 * Reads the error out of a parsed JSON value: a container's error body, or a value within a stream. Understands the
 * error formats of vLLM, SGLang, TGI, TEI, DJL Serving and LMI, the Hugging Face toolkit, Cohere, NIM, llama.cpp, FastAPI,
 * FastChat, MLflow, TorchServe and of AWS's own services.
 *
 * @returns `undefined` when the value is not an error in any of these formats.
 */
export function parseContainerError(value: unknown): ContainerError | undefined {
  const found = isJsonObject(value) ? findErrorSafely(value) : undefined
  return found && { message: found.message, status: found.status, kind: kindOf(found) }
}

/**
 * Reads the text of a failed answer: JSON in one of the known error formats, or plain text taken as it stands.
 *
 * @param httpStatus - the container's HTTP status, if known. It counts more than a status named within the text, save one
 *   in an error that the container's front end has wrapped up (LMI answers 424 or 500 where its engine said 400).
 */
export function parseContainerErrorText(text: string, httpStatus?: number): ContainerError {
  const found = findErrorInText(text) ?? { message: text.trim() }
  const status = found.isWrapped === true ? found.status : (httpStatus ?? found.status)
  return { message: found.message, status, kind: kindOf({ ...found, status }) }
}

function findErrorInText(text: string): Found | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'string') return { message: value }
    return isJsonObject(value) ? findErrorSafely(value) : undefined
  } catch {
    return undefined
  }
}

/** A value may be nested deeper than it can be written. Such a value is an error without words. */
function findErrorSafely(value: JsonObject): Found | undefined {
  try {
    return findError(value)
  } catch {
    return { message: '', type: Array.isArray(value['detail']) ? 'validation' : undefined }
  }
}

function findError(value: JsonObject): Found | undefined {
  const { error, detail } = value
  if (isJsonObject(error)) return fromErrorObject(error)
  if (typeof error === 'string' && error !== '') return fromErrorString(error, value)
  const message = messageIn(value)
  if (message !== undefined) {
    return { message, status: statusIn(value), type: stringIn(value, 'type') ?? stringIn(value, 'error_type') }
  }
  if (typeof detail === 'string') return { message: detail, type: 'validation' }
  if (Array.isArray(detail)) return { message: detail.map(validationDetail).join('; '), type: 'validation' }
  return undefined
}

/** The words of an error that is not within an `error`. FastChat has them where its answers have their text. */
function messageIn(value: JsonObject): string | undefined {
  return (
    stringIn(value, 'message') ??
    stringIn(value, 'error_msg') ??
    stringIn(value, 'error_message') ??
    stringIn(value, 'errorMessage') ??
    stringIn(value, 'Message') ??
    (typeof value['error_code'] === 'number' && value['error_code'] !== 0 ? stringIn(value, 'text') : undefined)
  )
}

function fromErrorObject(error: JsonObject): Found {
  const message =
    stringIn(error, 'message') ?? stringIn(error, 'error') ?? stringIn(error, 'error_msg') ?? JSON.stringify(error)
  return { message, status: statusIn(error), type: stringIn(error, 'type') ?? stringIn(error, 'error_type') }
}

function fromErrorString(error: string, value: JsonObject): Found {
  const info = fromErrorInfo(error)
  if (info !== undefined) return info
  return { message: error, status: statusIn(value), type: stringIn(value, 'error_type') ?? stringIn(value, 'type') }
}

const errorInfoStart = 'ErrorInfo(message='

/** LMI with vLLM sends Python's `repr()` of an error object as its message, with the real status inside. */
function fromErrorInfo(error: string): Found | undefined {
  const start = error.indexOf(errorInfoStart)
  if (start < 0) return undefined
  const quoteAt = start + errorInfoStart.length
  const quote = error[quoteAt]
  const code = /^code=(\d{3})(?!\d)/.exec(error.slice(error.lastIndexOf('code=')).slice(0, 9))?.[1]
  if ((quote !== "'" && quote !== '"') || code === undefined) return undefined
  const ends = [`${quote}, type=`, `${quote},`, quote].map((end) => error.indexOf(end, quoteAt + 1))
  const end = ends.find((index) => index >= 0)
  if (end === undefined) return undefined
  return { message: error.slice(quoteAt + 1, end), status: Number(code), isWrapped: true }
}

/** FastAPI's `{ loc: ['body', 'inputs'], msg: 'field required' }`. */
function validationDetail(entry: unknown): string {
  if (!isJsonObject(entry)) return String(entry)
  const path = Array.isArray(entry['loc']) ? entry['loc'].join('.') : ''
  const message = stringIn(entry, 'msg') ?? 'invalid'
  return path === '' ? message : `${path}: ${message}`
}

/** What certain words mean, whatever the status. */
const kindOfSubject: Partial<Readonly<Record<ErrorSubject, ContainerErrorKind>>> = {
  eula: 'eula',
  'context-length': 'context-length',
  'batch-size': 'payload-too-large',
  'payload-size': 'payload-too-large',
}

function kindOf({ message, status, type = '' }: Found): ContainerErrorKind {
  const words = readErrorWords(`${message} ${type}`)
  const certain = words && kindOfSubject[words.subject]
  // A container that was not asked in time says nothing of the request.
  if (certain !== undefined && (status !== 0 || certain === 'eula')) return certain
  if (status === 0 || status === 504 || words?.subject === 'timeout') return 'timeout'
  if (status === 413) return 'payload-too-large'
  if (/overloaded|unhealthy/i.test(type)) return 'overloaded'
  if (/^(?:validation|tokenizer|empty|template_error|tool_error)$/i.test(type)) return 'validation'
  if (status !== undefined) return kindOfStatus(status)
  if (words?.subject === 'overloaded') return 'overloaded'
  if (words?.subject === 'missing-model') return 'not-found'
  return words?.subject === 'parameter' ? 'validation' : kindOfType(type)
}

function kindOfType(type: string): ContainerErrorKind {
  if (/BadRequest|Unprocessable|invalid_request|ValueError/i.test(type)) return 'validation'
  if (/NotFound/i.test(type)) return 'not-found'
  return /rate_?limit|too_?many_?requests/i.test(type) ? 'overloaded' : 'model'
}

function kindOfStatus(status: number): ContainerErrorKind {
  if (status === 429 || status === 503) return 'overloaded'
  if (status === 404) return 'not-found'
  if (status === 408 || status === 504) return 'timeout'
  if (status === 424) return 'model'
  return status >= 400 && status < 500 ? 'validation' : 'model'
}

function statusIn(value: JsonObject): number | undefined {
  const status =
    value['code'] ?? value['error_code'] ?? value['http_status_code'] ?? value['status_code'] ?? value['status']
  const number = typeof status === 'string' ? Number(status) : status
  if (typeof number !== 'number' || !Number.isInteger(number)) return undefined
  // FastChat has two more digits: 42901 is 429.
  return number >= 10_000 && number < 60_000 ? Math.floor(number / 100) : number
}
