import type { Body } from './body.ts'
import type { PayloadDecoder } from './payload-decoder.ts'
import type { RuntimeRequest } from './runtime-request.ts'

/** Lower-case names of response headers and their values. */
export type ResponseHeaders = Readonly<Record<string, string | undefined>>

/** An answer with a 2xx status, whose body has yet to be read. */
export interface RuntimeResponse {
  readonly statusCode: number
  readonly headers: ResponseHeaders
  /** Bytes as they come from the socket. */
  readonly body: Body
  /** Takes the framing off the bytes; none if they are those of the container. */
  readonly decoder: PayloadDecoder | undefined
}

/** Limits of one attempt that a transport has to keep itself. */
export interface SendOptions {
  /** Aborts the request. It does not abort in the tick in which the request is made. */
  readonly signal: AbortSignal
  readonly connectMs: number
  /** Whether the request may be sent again on a new connection if its connection had died while it was idle. */
  readonly isRepeatable: boolean
}

/** A way to reach the endpoint. */
export interface Transport {
  /** Loads the code that is needed, at the first time. No limit but `totalMs` counts it. */
  load(): Promise<unknown>
  /**
   * Sends one request, once. Resolves at the response headers.
   *
   * @throws {ReportedFailure} for an answer with another status than 2xx; anything else for a failed connection.
   */
  send(request: RuntimeRequest, options: SendOptions): Promise<RuntimeResponse>
  /** Asks for the credentials again. Resolves with whether they are others than before. */
  renewCredentials(): Promise<boolean>
  /** Lets go of the connections that this transport has made. */
  destroy(): void
}
