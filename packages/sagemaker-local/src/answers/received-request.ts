import { headerNames } from './header-names.ts'
import type { Operation, Route } from './route.ts'

/** `pending` until the response ends, then `finished` if the caller received all of it, or `aborted` if the connection closed before. */
export type RequestOutcome = 'pending' | 'finished' | 'aborted'

/** Headers by name, in lower case, as Node.js represents them: repeated headers are joined with `, `, except for `set-cookie`. */
export interface ReceivedHeaders {
  /** Signature or bearer token. */
  readonly authorization?: string | undefined
  /** Value of the header of this name, in lower case. */
  readonly [name: string]: string | string[] | undefined
}

/** A request that the runtime received, and the state of its response. Scripts get it as argument, and `runtime.requests` lists it. */
export interface ReceivedRequest {
  /** HTTP method. */
  readonly method: string
  /** Path with query string, as sent. */
  readonly path: string
  /** All headers. */
  readonly headers: ReceivedHeaders
  /** The body, as sent. */
  readonly body: Uint8Array
  /** The body as UTF-8 text. */
  readonly text: string
  /**
   * The body as JSON.
   * @throws {SyntaxError} if it is not JSON.
   */
  json(): unknown
  /** Operation of the path; undefined if the path belongs to no operation of SageMaker Runtime. */
  readonly operation: Operation | undefined
  /** `EndpointName` of the call; undefined if the path names none. */
  readonly endpointName: string | undefined
  /** Number of requests that this endpoint received before this one. */
  readonly index: number
  /** Media type of the body. */
  readonly contentType: string | undefined
  /** Media type that the caller accepts. */
  readonly accept: string | undefined
  /** `CustomAttributes` of the call. */
  readonly customAttributes: string | undefined
  /** `TargetModel` of the call. */
  readonly targetModel: string | undefined
  /** `TargetVariant` of the call. */
  readonly targetVariant: string | undefined
  /** `TargetContainerHostname` of the call. */
  readonly targetContainerHostname: string | undefined
  /** `InferenceComponentName` of the call. */
  readonly inferenceComponentName: string | undefined
  /** `InferenceId` of the call. */
  readonly inferenceId: string | undefined
  /** `SessionId` of the call. */
  readonly sessionId: string | undefined
  /** `PrefixAwareId` of the call. */
  readonly prefixAwareId: string | undefined
  /** Aborts when the caller disconnects, or the runtime closes, before the answer is complete. */
  readonly signal: AbortSignal
  /** Current state of the response. */
  readonly outcome: RequestOutcome
  /** HTTP status of the response; undefined until its headers are sent. */
  readonly status: number | undefined
  /**
   * The injected fault: a {@link RefusalName}, {@link EndingName} or {@link AsyncFaultName}, otherwise `parts` if the answer was only cut into
   * other parts, or `delay` if it was only slowed down. Undefined if nothing was injected, which includes errors of the model itself.
   */
  readonly fault: string | undefined
  /** Parts sent so far: `PayloadPart` frames of a stream, chunks on the OpenAI path, 1 for a whole body. */
  readonly parts: number
  /** Time from the arrival of the request to the end of the response, in milliseconds; undefined while `outcome` is `pending`. */
  readonly durationMs: number | undefined
}

/** Mutable state of the response to a request. */
export interface AnswerProgress {
  outcome: RequestOutcome
  readonly status: number | undefined
  fault: string | undefined
  parts: number
  durationMs: number | undefined
}

/** A request together with the state behind its `outcome`, `status`, `fault`, `parts` and `durationMs`. */
export interface TrackedRequest extends ReceivedRequest {
  readonly progress: AnswerProgress
}

/** Returns the state of a response that has not begun. */
export function createProgress(): AnswerProgress {
  return { outcome: 'pending', status: undefined, fault: undefined, parts: 0, durationMs: undefined }
}

/** Arguments of {@link createReceivedRequest}. */
export interface RequestParts {
  readonly method: string
  readonly path: string
  readonly headers: ReceivedHeaders
  readonly body: Uint8Array
  readonly route: Route | undefined
  readonly index: number
  readonly signal: AbortSignal
  readonly progress: AnswerProgress
}

export function createReceivedRequest(source: RequestParts): TrackedRequest {
  const { route, progress } = source
  const header = (name: string): string | undefined => {
    const value = source.headers[name]
    return Array.isArray(value) ? value.join(',') : value
  }
  return {
    method: source.method,
    path: source.path,
    headers: source.headers,
    body: source.body,
    get text() {
      return new TextDecoder().decode(source.body)
    },
    json() {
      return JSON.parse(this.text)
    },
    operation: route?.operation,
    endpointName: route?.endpointName,
    index: source.index,
    contentType: route?.operation === 'async' ? header(headerNames.contentType) : header('content-type'),
    accept:
      route?.operation === 'stream' || route?.operation === 'async' ? header(headerNames.accept) : header('accept'),
    customAttributes: header(headerNames.customAttributes),
    targetModel: header(headerNames.targetModel),
    targetVariant: header(headerNames.targetVariant),
    targetContainerHostname: header(headerNames.targetContainerHostname),
    inferenceComponentName: route?.inferenceComponentName ?? header(headerNames.inferenceComponentName),
    inferenceId: header(headerNames.inferenceId),
    sessionId: header(headerNames.sessionId),
    prefixAwareId: header(headerNames.prefixAwareId),
    signal: source.signal,
    get outcome() {
      return progress.outcome
    },
    get status() {
      return progress.status
    },
    get fault() {
      return progress.fault
    },
    get parts() {
      return progress.parts
    },
    get durationMs() {
      return progress.durationMs
    },
    progress,
  }
}

/** Copies a request with another body and signal, for work that outlives its connection. */
export function withBody(request: TrackedRequest, body: Uint8Array, signal: AbortSignal): TrackedRequest {
  const { operation, endpointName, inferenceComponentName } = request
  return createReceivedRequest({
    method: request.method,
    path: request.path,
    headers: request.headers,
    body,
    route: operation && endpointName !== undefined ? { operation, endpointName, inferenceComponentName } : undefined,
    index: request.index,
    signal,
    progress: request.progress,
  })
}
