import type { ResponseMetadata } from '@x/bedrock-like-types'
import { parseContainerError } from '../errors/container-error.ts'
import { SagemakerError } from '../errors/sagemaker-error.ts'
import { errorFromContainer } from '../errors/to-error.ts'

/** An answer that a format cannot be read from. The message names shapes and members, and quotes nothing. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError'
}

/** A response with JSON in its body. */
export interface JsonResponse {
  readonly body: Uint8Array
  readonly metadata: Pick<ResponseMetadata, 'statusCode' | 'requestId'>
}

/** Where an answer comes from, for its errors. */
export interface AnswerOrigin {
  readonly endpointName: string
  /** Name of the content handler. */
  readonly handlerName: string
  /** Body of the request: its text is left out of messages. */
  readonly request: Uint8Array
}

const maxSnippetBytes = 300
const utf8 = new TextEncoder()

/**
 * Parses a JSON response and reads it.
 *
 * @param read - throws an `AnswerError` for what it cannot read.
 * @param parse - parses JSON; throws an `AnswerError` for anything else.
 * @throws {SagemakerError} The container's own error, if the response is one; else `unexpected-response`.
 */
export function readJsonAnswer<T>(
  response: JsonResponse,
  origin: AnswerOrigin,
  read: (body: unknown) => T,
  parse: (bytes: Uint8Array) => unknown = parsedJson,
): T {
  let body: unknown
  try {
    body = parsedBody(response.body, parse)
    return read(body)
  } catch (cause) {
    if (SagemakerError.is(cause)) throw cause
    const reported = parseContainerError(body)
    const { endpointName, request } = origin
    const { statusCode, requestId } = response.metadata
    if (reported !== undefined) throw errorFromContainer(reported, { endpointName, statusCode, requestId, request })
    throw unexpectedAnswer(cause, body, response, origin)
  }
}

/** The error for an answer, or a part of one, that cannot be read. */
export function unexpectedAnswer(
  cause: unknown,
  body: unknown,
  { body: bytes, metadata: { statusCode, requestId } }: JsonResponse,
  { endpointName, handlerName }: AnswerOrigin,
): SagemakerError {
  const reason =
    cause instanceof AnswerError
      ? cause.message
      : `the content handler ${handlerName} could not read the answer (${describeShape(body)})`
  const snippet = new TextDecoder().decode(bytes.subarray(0, maxSnippetBytes))
  const details = { endpointName, statusCode, requestId, cause, snippet }
  // A codec has no endpoint.
  const where = endpointName === '' ? '' : ` (endpoint ${endpointName})`
  return new SagemakerError('unexpected-response', `${reason}${where}.`, details)
}

/** Parses a body. Scripts in Python containers sometimes encode it twice, or append its media type. */
function parsedBody(bytes: Uint8Array, parse: (bytes: Uint8Array) => unknown): unknown {
  const body = parse(bytes)
  if (typeof body === 'string') return parse(utf8.encode(body))
  if (Array.isArray(body) && body.length === 2 && typeof body[0] === 'string' && body[1] === 'application/json') {
    return parse(utf8.encode(body[0]))
  }
  return body
}

/** Strings, which stay as they are, and the numbers that Python writes but JSON does not have. */
const pythonNumbers = /"[^"\\]*(?:\\(?:[\s\S]|$)[^"\\]*)*(?:"|$)|-?\b(?:NaN|Infinity)\b/g

/** Parses JSON; `NaN` and `Infinity`, as Python writes them, become `null`. */
function parsedJson(bytes: Uint8Array): unknown {
  const text = new TextDecoder().decode(bytes)
  try {
    return JSON.parse(text)
  } catch {
    try {
      return JSON.parse(text.replace(pythonNumbers, (match) => (match.startsWith('"') ? match : 'null')))
    } catch {
      throw new AnswerError(`the answer is not JSON: ${describeText(text)}`)
    }
  }
}

function describeText(text: string): string {
  if (text === '') return 'it is empty'
  return text.trimStart().startsWith('<') ? `it looks like HTML or XML` : `${text.length} characters of something else`
}

const maxDepth = 5
const maxMembers = 8
const maxMemberLength = 40
const maxRows = 1000
const maxItems = 8

/**
 * Describes a JSON value without quoting it: `array[2] of array[384] of number`, `object with error, type`. Of an array with
 * items of several shapes it names the first two. An array of numbers can be a `Float32Array`.
 */
export function describeShape(value: unknown, depth = 0): string {
  if (value === null) return 'null'
  if (value instanceof Float32Array) return `vector[${value.length}]`
  if (Array.isArray(value)) {
    if (value.length === 0) return 'empty array'
    if (depth >= maxDepth) return `array[${value.length}]`
    const items: readonly unknown[] = value.slice(0, depth === 0 ? maxRows : maxItems)
    const shapes = new Set(items.map((item) => describeShape(item, depth + 1)))
    return `array[${value.length}] of ${[...shapes].slice(0, 2).join(' or ')}`
  }
  if (typeof value !== 'object') return typeof value
  const members = Object.keys(value)
  if (members.length === 0) return 'empty object'
  const shown = members.slice(0, maxMembers).map(printable)
  return `object with ${shown.join(', ')}${members.length > maxMembers ? `, and ${members.length - maxMembers} more` : ''}`
}

/** A member name for a message: short, and without control characters, because messages reach terminals. */
function printable(name: string): string {
  return name.slice(0, maxMemberLength).replaceAll(/[^\x20-\x7e]/g, '?')
}
