import { toBytes, type BytesLike } from './bytes.ts'
import {
  serviceErrorResponse,
  type HttpResponse,
  type ServiceErrorName,
  type ServiceErrorOptions,
} from './service-error.ts'
import { part, type Step } from './step.ts'

/** What may stand for a step: text and bytes are one part each. */
export type StepLike = Step | BytesLike

/** A body that comes in steps. */
export type Steps = Iterable<StepLike> | AsyncIterable<StepLike>

/** What a container says about its answer in addition to the body. */
export interface AnswerInit {
  /** The container's HTTP status; 400 and more become a `ModelError`. Default 200. */
  readonly status?: number | undefined
  /** Content type of the body. */
  readonly contentType?: string | undefined
  /** Returned to the caller as `CustomAttributes`. */
  readonly customAttributes?: string | undefined
  /** Returned to the caller as `NewSessionId`, e.g. `<id>; Expires=2030-01-01T00:00:00Z`. */
  readonly newSessionId?: string | undefined
  /** Returned to the caller as `ClosedSessionId`. */
  readonly closedSessionId?: string | undefined
}

/** A container's answer: a body in steps. */
export interface ContainerAnswer extends AnswerInit {
  /** Marks a container's answer. */
  readonly kind: 'container'
  /** What is sent, step by step. */
  readonly steps: Steps
}

/**
 * What comes back for a request: the container's answer, an HTTP response of the service itself, or nothing, by
 * silence (until the client gives up) or by a reset connection.
 */
export type LocalAnswer =
  | ContainerAnswer
  | { readonly kind: 'service'; readonly response: HttpResponse }
  | { readonly kind: 'none'; readonly ending: 'stall' | 'reset' }

/** A whole body; on a stream it is one part. Content type `application/octet-stream` unless given. */
export function body(data: BytesLike, init: AnswerInit = {}): ContainerAnswer {
  return { contentType: 'application/octet-stream', ...init, kind: 'container', steps: [part(data)] }
}

/** A whole text body of `text/plain; charset=utf-8`. */
export function text(data: string, init: AnswerInit = {}): ContainerAnswer {
  return body(data, { contentType: 'text/plain; charset=utf-8', ...init })
}

/** A value as a whole JSON document. */
export function json(value: unknown, init: AnswerInit = {}): ContainerAnswer {
  return body(JSON.stringify(value), { contentType: 'application/json', ...init })
}

/**
 * A body in steps: parts, pauses, exceptions and endings, from a list or from an (async) generator. Content type
 * `text/event-stream` unless given. To `InvokeEndpoint` the parts are sent as one body.
 */
export function stream(steps: Steps, init: AnswerInit = {}): ContainerAnswer {
  return { contentType: 'text/event-stream', ...init, kind: 'container', steps }
}

/** A server-sent event: `data: ` with the value as JSON, and a blank line. A string is written as it is, e.g. `[DONE]`. */
export function serverSentEvent(value: unknown): string {
  return `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`
}

/** Server-sent events, one part each: `data: <JSON>` and a blank line. A string is sent as it is, e.g. `[DONE]`. */
export function serverSentEventText(values: readonly unknown[], init: AnswerInit = {}): ContainerAnswer {
  return stream(
    values.map((value) => part(serverSentEvent(value))),
    init,
  )
}

/** JSON lines, one part each, with content type `application/jsonlines`. */
export function jsonLines(values: readonly unknown[], init: AnswerInit = {}): ContainerAnswer {
  return stream(
    values.map((value) => part(`${JSON.stringify(value)}\n`)),
    { contentType: 'application/jsonlines', ...init },
  )
}

/**
 * An error of the container, which SageMaker reports as `ModelError` (HTTP 424).
 * @param status - The container's own status, 400 to 599.
 * @param content - Its body: text as it is, any other value as JSON.
 */
export function containerError(status: number, content: unknown, init: AnswerInit = {}): ContainerAnswer {
  return typeof content === 'string' ? text(content, { ...init, status }) : json(content, { ...init, status })
}

/** An error of SageMaker itself, with AWS's status, headers and wording. */
export function serviceError(name: ServiceErrorName, options: ServiceErrorOptions = {}): LocalAnswer {
  return { kind: 'service', response: serviceErrorResponse(name, options) }
}

/** Any HTTP response in place of SageMaker's: a proxy's page, an empty body, a wrong content type. */
export function rawResponse(
  statusCode: number,
  content: BytesLike = '',
  headers: Record<string, string> = {},
): LocalAnswer {
  return { kind: 'service', response: { statusCode, headers, body: toBytes(content) } }
}

/** The page that a load balancer or proxy shows when something behind it fails. */
export function htmlError(statusCode: number): LocalAnswer {
  const page = `<html>\r\n<head><title>${statusCode} Error</title></head>\r\n<body><center><h1>${statusCode} Error</h1></center></body>\r\n</html>\r\n`
  return rawResponse(statusCode, page, { 'content-type': 'text/html' })
}

/** No answer at all: not a single header, and the socket stays open. */
export function silence(): LocalAnswer {
  return { kind: 'none', ending: 'stall' }
}

/** The connection is reset before any header. */
export function resetConnection(): LocalAnswer {
  return { kind: 'none', ending: 'reset' }
}
