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
  readonly outcome: () => RequestOutcome
}

export function createReceivedRequest(source: RequestParts): ReceivedRequest {
  const { route } = source
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
      return source.outcome()
    },
  }
}

/** The same request with another body, for work that outlives its connection. */
export function withBody(request: ReceivedRequest, body: Uint8Array, signal: AbortSignal): ReceivedRequest {
  const { operation, endpointName, inferenceComponentName } = request
  return createReceivedRequest({
    method: request.method,
    path: request.path,
    headers: request.headers,
    body,
    route: operation && endpointName !== undefined ? { operation, endpointName, inferenceComponentName } : undefined,
    index: request.index,
    signal,
    outcome: () => request.outcome,
  })
}
