import type { ContentTelemetryOptions } from '@x/sagemaker-llm'
import type { GatewayModel } from './gateway-model.ts'
import type { RequestRecord } from './request-record.ts'

/** A key that clients authenticate with. */
export interface ApiKey {
  /** Who uses it, for the request log and for limits. */
  readonly name: string
  /** What clients send as `Authorization: Bearer` or `x-api-key`. */
  readonly key: string
}

/** When a stream without events gets a comment, so that no load balancer and no client takes it for dead. */
export interface KeepAliveOptions {
  /**
   * Most time until the headers of a stream are sent, in milliseconds. A failure before that has its own HTTP status, a
   * later one is an event of the stream.
   * @defaultValue 10_000
   */
  readonly firstMs?: number | undefined
  /**
   * Most time without an event, in milliseconds.
   * @defaultValue 15_000
   */
  readonly intervalMs?: number | undefined
}

/** Pages of other origins that may call the gateway from a browser. */
export interface CorsOptions {
  /** Origins, such as `https://chat.example.com`. */
  readonly origins: readonly string[]
}

/** Options of a gateway. */
export interface GatewayOptions {
  /** The models, by the names that clients use. */
  readonly models: Readonly<Record<string, GatewayModel>>
  /**
   * The keys of clients. A string is a key without a name: it is called `key-1`, `key-2` and so on in the log.
   * @defaultValue none: every request is answered
   */
  readonly apiKeys?: readonly (string | ApiKey)[] | undefined
  /**
   * Pages of other origins that may call the gateway.
   * @defaultValue none
   */
  readonly cors?: CorsOptions | undefined
  /** Comments in streams without events. */
  readonly keepAlive?: KeepAliveOptions | undefined
  /**
   * Most bytes in the body of a request; a larger one is refused with 413.
   * @defaultValue 33_554_432 (32 MiB)
   */
  readonly maxRequestBytes?: number | undefined
  /**
   * Most requests in flight; one more is refused with 429.
   * @defaultValue Infinity
   */
  readonly maxConcurrency?: number | undefined
  /**
   * Most streams that one key has open; one more is refused with 429.
   * @defaultValue Infinity
   */
  readonly maxStreamsPerKey?: number | undefined
  /**
   * How long a stream whose client has left can be resumed, in milliseconds, with `starting_after` or `Last-Event-ID`. The model goes on
   * for that time. 0: a client that leaves stops the model, and nothing is kept.
   * @defaultValue 0
   */
  readonly resumeForMs?: number | undefined
  /**
   * Most bytes of events that are kept of a stream that can be resumed. The model waits while half of them are unread.
   * @defaultValue 1_048_576 (1 MiB)
   */
  readonly maxResumeBytes?: number | undefined
  /**
   * Whether clients see AWS's own messages about credentials and permissions. They contain ids of accounts and names of roles.
   * @defaultValue false
   */
  readonly exposeErrors?: boolean | undefined
  /**
   * OpenTelemetry spans and metrics of every call of an endpoint.
   * @defaultValue none
   */
  readonly telemetry?: ContentTelemetryOptions | undefined
  /** Called when a request is complete, with no text of prompts or answers. What it throws is a process warning. */
  readonly onRequest?: ((record: RequestRecord) => void) | undefined
}
