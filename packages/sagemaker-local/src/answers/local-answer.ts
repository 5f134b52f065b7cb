import { toBytes, type BytesLike } from './bytes.ts'
import {
  serviceErrorResponse,
  type HttpResponse,
  type ServiceErrorName,
  type ServiceErrorOptions,
} from './service-error.ts'
import { part, type Step } from './step.ts'

/** A step, or text or bytes as shorthand for a part. */
export type StepLike = Step | BytesLike

/** The steps in which a body is sent. */
export type Steps = Iterable<StepLike> | AsyncIterable<StepLike>

/** Status and headers of a container's answer. */
export interface AnswerInit {
  /**
   * The container's HTTP status; 400 and more become a `ModelError`.
   * @defaultValue 200
   */
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

/** A container's answer: status, headers, and a body in steps. */
export interface ContainerAnswer extends AnswerInit {
  /** Discriminates a container's answer from the other members of {@link LocalAnswer}. */
  readonly kind: 'container'
  /** What is sent, and when. */
  readonly steps: Steps
}

/**
 * The answer to a request: the container's answer, an HTTP response of SageMaker itself, or no response at all, with a connection
 * that stays silent (`stall`) or is reset.
 */
export type LocalAnswer =
  | ContainerAnswer
  | { readonly kind: 'service'; readonly response: HttpResponse }
  | { readonly kind: 'none'; readonly ending: 'stall' | 'reset' }

/** Answers with a whole body, which is one part on a stream. The content type defaults to `application/octet-stream`. */
export function body(data: BytesLike, init: AnswerInit = {}): ContainerAnswer {
  return { contentType: 'application/octet-stream', ...init, kind: 'container', steps: [part(data)] }
}

/** Answers with text, as `text/plain; charset=utf-8`. */
export function text(data: string, init: AnswerInit = {}): ContainerAnswer {
  return body(data, { contentType: 'text/plain; charset=utf-8', ...init })
}

/** Answers with a value as JSON. */
export function json(value: unknown, init: AnswerInit = {}): ContainerAnswer {
  return body(JSON.stringify(value), { contentType: 'application/json', ...init })
}

/**
 * Answers in steps: parts, pauses, exceptions and endings, from a list or an (async) generator. The content type defaults to
 * `text/event-stream`. `InvokeEndpoint` gets the parts as one body.
 */
export function stream(steps: Steps, init: AnswerInit = {}): ContainerAnswer {
  return { contentType: 'text/event-stream', ...init, kind: 'container', steps }
}

/** Formats a server-sent event: `data: ` with the value as JSON, and a blank line. A string is used verbatim, e.g. `[DONE]`. */
export function serverSentEvent(value: unknown): string {
  return `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`
}

/** Answers with server-sent events, one part each: `data: <JSON>` and a blank line. A string is used verbatim, e.g. `[DONE]`. */
export function serverSentEventText(values: readonly unknown[], init: AnswerInit = {}): ContainerAnswer {
  return stream(
    values.map((value) => part(serverSentEvent(value))),
    init,
  )
}

/** Answers with JSON lines, one part each, as `application/jsonlines`. */
export function jsonLines(values: readonly unknown[], init: AnswerInit = {}): ContainerAnswer {
  return stream(
    values.map((value) => part(`${JSON.stringify(value)}\n`)),
    { contentType: 'application/jsonlines', ...init },
  )
}

/**
 * Answers with an error of the container, which SageMaker reports as `ModelError` (HTTP 424).
 * @param status - The container's own status, 400 to 599.
 * @param content - Its body: a string verbatim, any other value as JSON.
 */
export function containerError(status: number, content: unknown, init: AnswerInit = {}): ContainerAnswer {
  return typeof content === 'string' ? text(content, { ...init, status }) : json(content, { ...init, status })
}

/** Answers with an error of SageMaker itself, with AWS's status, headers and message. */
export function serviceError(name: ServiceErrorName, options: ServiceErrorOptions = {}): LocalAnswer {
  return { kind: 'service', response: serviceErrorResponse(name, options) }
}

/** Answers with any HTTP response, for example one that does not come from SageMaker: the page of a proxy, an empty body, a wrong content type. */
export function rawResponse(
  statusCode: number,
  content: BytesLike = '',
  headers: Record<string, string> = {},
): LocalAnswer {
  return { kind: 'service', response: { statusCode, headers, body: toBytes(content) } }
}

/** Answers with the HTML page of a load balancer or proxy whose backend failed. */
export function htmlError(statusCode: number): LocalAnswer {
  const page = `<html>\r\n<head><title>${statusCode} Error</title></head>\r\n<body><center><h1>${statusCode} Error</h1></center></body>\r\n</html>\r\n`
  return rawResponse(statusCode, page, { 'content-type': 'text/html' })
}

/** Sends nothing, not even headers, and keeps the socket open. */
export function silence(): LocalAnswer {
  return { kind: 'none', ending: 'stall' }
}

/** Resets the connection before any header is sent. */
export function resetConnection(): LocalAnswer {
  return { kind: 'none', ending: 'reset' }
}
