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

const stringifiedErrorInfo = /ErrorInfo\(message=(['"])([\s\S]*?)\1[\s\S]*?code=(\d+)/

/** How vLLM, TGI, TEI and llama.cpp say that a prompt is too long. */
const contextLength: readonly RegExp[] = [
  /maximum context length/i,
  /longer than the model's context length/i,
  /must have less than \d+ tokens/i,
  // Of tokens, not of other parameters with an upper limit.
  /(?<!top_n_)(?:tokens|inputs?|length)`? must be <= \d+/i,
  /exceeds the available context size/i,
]
const tooLarge = /batch size \d+ > maximum|length limit exceeded|content length exceeded|payload too large/i
const timedOut = /timed out/i

/**
 * Reads the error out of a parsed JSON value: a container's error body, or a value within a stream. Understands the
 * error formats of vLLM, SGLang, TGI, TEI, DJL Serving and LMI, the Hugging Face toolkit, Cohere, NIM, llama.cpp and
 * FastAPI.
 *
 * @returns `undefined` when the value is not an error in any of these formats.
 */
export function parseContainerError(value: unknown): ContainerError | undefined {
  const found = isJsonObject(value) ? findError(value) : undefined
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
    return isJsonObject(value) ? findError(value) : undefined
  } catch {
    return undefined
  }
}

function findError(value: JsonObject): Found | undefined {
  const { error, message, detail } = value
  if (isJsonObject(error)) return fromErrorObject(error)
  if (typeof error === 'string' && error !== '') return fromErrorString(error, value)
  if (typeof message === 'string') {
    return { message, status: statusIn(value), type: stringIn(value, 'type') ?? stringIn(value, 'error_type') }
  }
  if (typeof detail === 'string') return { message: detail, type: 'validation' }
  if (Array.isArray(detail)) return { message: detail.map(validationDetail).join('; '), type: 'validation' }
  return undefined
}

function fromErrorObject(error: JsonObject): Found {
  const message = stringIn(error, 'message') ?? stringIn(error, 'error') ?? JSON.stringify(error)
  return { message, status: statusIn(error), type: stringIn(error, 'type') ?? stringIn(error, 'error_type') }
}

function fromErrorString(error: string, value: JsonObject): Found {
  // LMI with vLLM sends Python's repr() of an error object as its message, with the real status inside.
  const info = stringifiedErrorInfo.exec(error)
  if (info?.[2] !== undefined) return { message: info[2], status: Number(info[3]), isWrapped: true }
  return { message: error, status: statusIn(value), type: stringIn(value, 'error_type') ?? stringIn(value, 'type') }
}

/** FastAPI's `{ loc: ['body', 'inputs'], msg: 'field required' }`. */
function validationDetail(entry: unknown): string {
  if (!isJsonObject(entry)) return String(entry)
  const path = Array.isArray(entry['loc']) ? entry['loc'].join('.') : ''
  const message = stringIn(entry, 'msg') ?? 'invalid'
  return path === '' ? message : `${path}: ${message}`
}

function kindOf({ message, status, type = '' }: Found): ContainerErrorKind {
  if (/accept_eula/i.test(message)) return 'eula'
  if (type === 'exceed_context_size_error' || contextLength.some((words) => words.test(message)))
    return 'context-length'
  if (status === 0 || timedOut.test(message)) return 'timeout'
  if (status === 413 || tooLarge.test(message)) return 'payload-too-large'
  if (/overloaded|unhealthy/i.test(type)) return 'overloaded'
  if (/^(validation|tokenizer|empty|template_error|tool_error)$/i.test(type)) return 'validation'
  return status === undefined ? kindOfType(type) : kindOfStatus(status)
}

function kindOfType(type: string): ContainerErrorKind {
  if (/BadRequest|Unprocessable|invalid_request|ValueError/i.test(type)) return 'validation'
  if (/NotFound/i.test(type)) return 'not-found'
  return /rate_?limit|too_?many_?requests/i.test(type) ? 'overloaded' : 'model'
}

function kindOfStatus(status: number): ContainerErrorKind {
  if (status === 429 || status === 503) return 'overloaded'
  if (status === 404) return 'not-found'
  if (status === 408) return 'timeout'
  if (status === 424) return 'model'
  return status >= 400 && status < 500 ? 'validation' : 'model'
}

function statusIn(value: JsonObject): number | undefined {
  const status = value['code'] ?? value['http_status_code'] ?? value['status_code'] ?? value['status']
  const number = typeof status === 'string' ? Number(status) : status
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined
}
