/// <reference lib="esnext.disposable" preserve="true" />
import type { GatewayOptions } from '../contract/gateway-options.ts'

/** How a gateway is closed. */
export interface GatewayCloseOptions {
  /**
   * How long answers may take to finish, in milliseconds. Then streams end with an error event.
   * @defaultValue 30_000
   */
  readonly drainMs?: number | undefined
}

/** An OpenAI-compatible server in front of SageMaker endpoints. */
export interface Gateway extends AsyncDisposable {
  /**
   * Answers a request. Never rejects: every failure is a response in OpenAI's shape. Streams end when `request.signal` aborts or their
   * body is cancelled, and the model stops.
   */
  readonly fetch: (request: Request) => Promise<Response>
  /** Whether clients need a key. */
  readonly requiresKey: boolean
  /** Requests that are being answered. */
  readonly activeRequests: number
  /**
   * Loads the formats of all models, which the first request would do otherwise.
   *
   * @throws {SagemakerError} `invalid-configuration` for the first model with a wrong option.
   */
  ready(): Promise<void>
  /**
   * Replaces all options. Requests that are being answered keep the ones that they began with.
   *
   * @throws {SagemakerError} `invalid-configuration`; the options stay as they are.
   */
  configure(options: GatewayOptions): void
  /** Refuses new requests with 503, waits for the others and closes all connections. */
  close(options?: GatewayCloseOptions): Promise<void>
}
