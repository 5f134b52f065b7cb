import { headerNames } from './header-names.ts'
import type { Operation, Route } from './route.ts'

/** Whether the caller got the whole answer: `finished`, or `aborted` when its connection closed before the end. */
export type RequestOutcome = 'pending' | 'finished' | 'aborted'

/** Header names in lower case. What came more than once is one text, joined with `, `, but for the list of `set-cookie`. */
export interface ReceivedHeaders {
  /** The signature or the bearer token. */
  readonly authorization?: string | undefined
  /** Value of the header of this name, in lower case. */
  readonly [name: string]: string | string[] | undefined
}

/** A request as the runtime received it: what a script sees, and what `runtime.requests` lists. */
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
  /** Undefined when the path is none of SageMaker Runtime's. */
  readonly operation: Operation | undefined
  /** `EndpointName` of the call; undefined when the path names none. */
  readonly endpointName: string | undefined
  /** How many requests this endpoint had received before this one. */
  readonly index: number
  /** Media type of the body. */
  readonly contentType: string | undefined
  /** Media type that the caller asks for. */
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
  /** Aborted as soon as the caller goes away, or the runtime closes, before the answer is complete. */
  readonly signal: AbortSignal
  /** What has become of the answer by now. */
  readonly outcome: RequestOutcome
  /** HTTP status of the response; undefined until its headers are sent, and if the connection was closed without any. */
  readonly status: number | undefined
  /**
   * The fault that was injected: a {@link RefusalName} or {@link EndingName}, otherwise `parts` if the answer was only cut into other parts,
   * or `delay` if it was only slowed down. Undefined if nothing was injected. Errors that a model or a script made on its own are in `status`.
   */
  readonly fault: string | undefined
  /** Parts that were written to the connection so far: frames with bytes of the container on a stream, chunks on the OpenAI path, 1 for a whole body. */
  readonly parts: number
  /** Time from the arrival of the request to the end of the response, in milliseconds; undefined while the outcome is `pending`. */
  readonly durationMs: number | undefined
}

/** What is known of the answer to a request while it is prepared and sent. */
export interface AnswerProgress {
  outcome: RequestOutcome
  readonly status: number | undefined
  fault: string | undefined
  parts: number
  durationMs: number | undefined
}

/** A request and the progress of its answer, which the request shows to its readers. */
export interface TrackedRequest extends ReceivedRequest {
  readonly progress: AnswerProgress
}

/** The progress of an answer of which nothing is sent yet. */
export function createProgress(): AnswerProgress {
  return { outcome: 'pending', status: undefined, fault: undefined, parts: 0, durationMs: undefined }
}

/** What {@link createReceivedRequest} is made of. */
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

/** The same request with another body, for work that outlives its connection. */
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
