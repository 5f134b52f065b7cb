import type { RetryOptions, RoutingOptions, TimeLimits } from './endpoint-options.ts'
import type { InvokeMetadata } from './invoke-result.ts'

/** Options of one call. Routing, time limits and retries override those of the endpoint, member by member. */
export interface CallOptions extends RoutingOptions {
  /**
   * Media type of the body.
   * @defaultValue `application/json`
   */
  readonly contentType?: string | undefined
  /** Media type that is wanted of the container. */
  readonly accept?: string | undefined
  /**
   * Most bytes of a whole response, after unpacking; a longer one is `unexpected-response`. Streams have no such limit.
   * @defaultValue that of the endpoint
   */
  readonly maxResponseBytes?: number | undefined
  /** Ends the call at once when it aborts, wherever the call is. */
  readonly signal?: AbortSignal | undefined
  /** Limits of time for this call. */
  readonly timeouts?: TimeLimits | undefined
  /** Retries of this call. Its `onRetry` is called in addition to that of the endpoint. */
  readonly retry?: RetryOptions | undefined
  /**
   * Called once per call, when the first byte of the response has arrived and before it is delivered. Can be asynchronous; a
   * failure never affects the call (see `EndpointObserver`).
   */
  readonly onResponse?: ((metadata: InvokeMetadata) => unknown) | undefined
  /**
   * Runs the sending of the request, such as in the context of a span, so that the spans of the AWS SDK become its children: calls
   * `send` once and returns what it returns.
   * @defaultValue calls `send` directly
   */
  readonly within?: (<R>(send: () => R) => R) | undefined
}
