import type { SagemakerError } from '../errors/sagemaker-error.ts'
import type { EndpointObserver } from './endpoint-observer.ts'

/** Where a request goes within an endpoint. All of it is sent in signed headers. */
export interface RoutingOptions {
  /** Inference component; also how a LoRA adapter component is chosen. */
  readonly inferenceComponentName?: string | undefined
  /**
   * Production variant, for an endpoint with several.
   *
   * @defaultValue chosen by their weights
   */
  readonly targetVariant?: string | undefined
  /** Model of a multi-model endpoint, such as `model-a.tar.gz`. Not for streams: SageMaker has no such thing there. */
  readonly targetModel?: string | undefined
  /** Container of a multi-container endpoint with direct invocation. */
  readonly targetContainerHostname?: string | undefined
  /** Stateful session; `NEW_SESSION` (not for streams) creates one: see `startSession`. */
  readonly sessionId?: string | undefined
  /** Your id of the request, kept by data capture. */
  readonly inferenceId?: string | undefined
  /** Requests with the same id meet the same prefix cache, on an endpoint with `PREFIX_AWARE` routing. */
  readonly prefixAwareId?: string | undefined
  /** Passed to the container as it is; at most 1024 visible ASCII characters. */
  readonly customAttributes?: string | undefined
  /**
   * Clarify explanations: a JMESPath expression, or one of the literals true and false in backticks. Not for streams: SageMaker has no such
   * thing there.
   */
  readonly enableExplanations?: string | undefined
}

/** Limits of time, in milliseconds. `Infinity` means none. */
export interface TimeLimits {
  /**
   * Until a connection is made. For a client that was passed in, its own request handler decides.
   * @defaultValue 5_000
   */
  readonly connectMs?: number | undefined
  /**
   * From sending to the first byte of the body, response headers included. SageMaker itself gives a container 60 s.
   * @defaultValue 70_000
   */
  readonly firstByteMs?: number | undefined
  /**
   * Between two parts of the answer, counted only while we wait for bytes: a slow consumer is not a stall. Every byte of
   * payload counts as a sign of life, a comment in server-sent events too; an empty `PayloadPart` does not.
   * @defaultValue 60_000
   */
  readonly idleMs?: number | undefined
  /**
   * For the whole call with waiting and retries.
   * @defaultValue none
   */
  readonly totalMs?: number | undefined
}

/** Passed to `onRetry`. */
export interface RetryEvent {
  /** Why the attempt failed. */
  readonly error: SagemakerError
  /** The attempt that failed, from 1. */
  readonly attempt: number
  /** How long is waited before the next, in milliseconds. */
  readonly delayMs: number
}

/** When and how often a call that has failed without any output is made again. */
export interface RetryOptions {
  /**
   * Attempts in all; 1 turns retries off.
   * @defaultValue 3
   */
  readonly maxAttempts?: number | undefined
  /**
   * The wait before attempt n+1 is a random part of `baseDelayMs * 2 ** (n - 1)` (full jitter), in milliseconds.
   * @defaultValue 100
   */
  readonly baseDelayMs?: number | undefined
  /**
   * Longest wait between two attempts, in milliseconds, also when the service asks for a longer one (`Retry-After`).
   * @defaultValue 20_000
   */
  readonly maxDelayMs?: number | undefined
  /**
   * How long to go on while the endpoint is starting or scaled to zero, in milliseconds, whatever `maxAttempts` says.
   * 0: such answers count as ordinary attempts.
   * @defaultValue 0
   */
  readonly readyWithinMs?: number | undefined
  /**
   * Called before each wait: that of the endpoint, then that of the call. Can be asynchronous; a failure never affects the call
   * (see `EndpointObserver`).
   */
  readonly onRetry?: ((event: RetryEvent) => unknown) | undefined
}

/** AWS credentials, as every AWS SDK gives them. */
export interface AwsCredentials {
  /** Starts with `AKIA` for a long-term key, with `ASIA` for a temporary one. */
  readonly accessKeyId: string
  /** What requests are signed with; it is never sent. */
  readonly secretAccessKey: string
  /** Belongs to a temporary key. */
  readonly sessionToken?: string | undefined
  /** When a temporary key ends. */
  readonly expiration?: Date | undefined
}

/** Credentials, or a function that gets them, such as those of `@aws-sdk/credential-providers`. */
export type CredentialsOption = AwsCredentials | (() => Promise<AwsCredentials>)

/**
 * The part of `SageMakerRuntimeClient` that is used. Written out, so that these types need neither the SDK's nor
 * Node's.
 */
export interface RuntimeClient {
  /** Sends one command of the SDK. */
  send(command: never, options?: { abortSignal?: AbortSignal }): Promise<unknown>
}

/** How to reach SageMaker Runtime. What is missing comes from the environment, as in every AWS tool. */
export interface ConnectionOptions {
  /**
   * Your own `SageMakerRuntimeClient`. It is never destroyed here, and keeps its own retries before the first
   * byte.
   */
  readonly client?: RuntimeClient | undefined
  /**
   * AWS Region of the service.
   *
   * @defaultValue `AWS_REGION`, or the region of the profile
   */
  readonly region?: string | undefined
  /**
   * Credentials, or a function that provides them.
   *
   * @defaultValue the SDK's own search: environment, profile, SSO, container, instance
   */
  readonly credentials?: CredentialsOption | undefined
  /**
   * URL of the service, such as that of a local runtime.
   *
   * @defaultValue `AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME`, or AWS
   */
  readonly endpoint?: string | undefined
  /**
   * How long a connection may be idle before it is closed, in milliseconds. Load balancers and NAT gateways drop idle
   * connections without a word, the first of them after 60 s.
   * @defaultValue 55_000
   */
  readonly idleConnectionMs?: number | undefined
  /**
   * Passed to the constructor of the `SageMakerRuntimeClient` that is built: proxy, FIPS, profile and so on. A plain
   * object as its `requestHandler` is merged with ours.
   */
  readonly clientOptions?: object | undefined
}

/** Options of `SagemakerEndpoint`. */
export interface SagemakerEndpointOptions extends ConnectionOptions, RoutingOptions {
  /** Name of the endpoint. */
  readonly endpointName: string
  /** Limits of time for each call. */
  readonly timeouts?: TimeLimits | undefined
  /** Retries of each call. */
  readonly retry?: RetryOptions | undefined
  /**
   * Largest number of calls in flight on this object; others wait in order of arrival. A stream is in flight until it is read to
   * its end or left.
   *
   * `'adaptive'`: no limit until the endpoint throttles. Then half of the calls that were in flight, and one more after each round
   * of answers.
   * @defaultValue Infinity
   */
  readonly maxConcurrency?: number | 'adaptive' | undefined
  /**
   * Most bytes of a whole response, after unpacking; a longer one is `unexpected-response`. Streams have no such limit.
   * @defaultValue 134_217_728 (128 MiB)
   */
  readonly maxResponseBytes?: number | undefined
  /**
   * `invoke`: SageMaker Runtime's own operations. `openai`: the endpoint's OpenAI-compatible path, for chat completions
   * with a bearer token made from the credentials; of the routing options it has only `inferenceComponentName`.
   * @defaultValue `invoke`
   */
  readonly transport?: 'invoke' | 'openai' | undefined
  /** Observe every step of every call, such as `captureTo('capture.jsonl')` of `@x/sagemaker-endpoint/capture`. */
  readonly observers?: readonly EndpointObserver[] | undefined
}
