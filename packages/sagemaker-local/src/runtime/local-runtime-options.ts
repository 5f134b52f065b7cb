import type { ControlPlaneOptions } from '../control-plane/control-plane.ts'
import type { EndpointOptions } from '../hosting/endpoint-options.ts'
import type { ReceivedRequest } from '../answers/received-request.ts'
import type { LocalEndpoint } from '../answers/local-endpoint.ts'
import type { SignatureRequirement } from '../signing/signature-requirement.ts'

/** Options of {@link startLocalRuntime}. */
export interface LocalRuntimeOptions {
  /** Endpoints by name. */
  readonly endpoints: Readonly<Record<string, LocalEndpoint | EndpointOptions>>
  /**
   * TCP port; 0 chooses a free one.
   * @defaultValue 0
   */
  readonly port?: number | undefined
  /**
   * Address to listen on.
   * @defaultValue `'127.0.0.1'`: only programs on this machine can connect
   */
  readonly host?: string | undefined
  /**
   * Names that `Host` headers may contain in addition to loopback names, e.g. `host.docker.internal`. `Host` is checked, against DNS
   * rebinding, if `host` is a loopback address.
   * @defaultValue none
   */
  readonly allowedHosts?: readonly string[] | undefined
  /**
   * Region that appears in messages and ARNs.
   * @defaultValue `us-east-1`
   */
  readonly region?: string | undefined
  /**
   * Account that appears in messages and ARNs.
   * @defaultValue `123456789012`
   */
  readonly accountId?: string | undefined
  /**
   * Credentials with which requests must be signed. Requests to the OpenAI-compatible path need a bearer token made with them.
   * @defaultValue signatures are ignored
   */
  readonly requireSignature?: SignatureRequirement | undefined
  /**
   * Serves SageMaker's control plane on the same port: endpoints can be listed and described.
   * @defaultValue true
   */
  readonly controlPlane?: boolean | ControlPlaneOptions | undefined
  /** Quotas. */
  readonly limits?: LocalRuntimeLimits | undefined
  /**
   * Storage of asynchronous calls: `memory`, or `s3` for S3, SQS and SNS servers in this process, which AWS SDKs call over HTTP. `s3` needs the
   * package `fauxqs`.
   * @defaultValue `'memory'`
   */
  readonly objects?: 'memory' | 's3' | undefined
  /**
   * How many requests `requests` keeps, and at most 100 MiB of bodies; older ones are dropped.
   * @defaultValue 1000
   */
  readonly maxRecordedRequests?: number | undefined
  /**
   * Called once per request when its response is complete or its connection has closed. `status`, `outcome`, `parts`, `fault` and
   * `durationMs` are final then, except for the `fault` of an asynchronous call, whose model is invoked later. Requests that are refused before
   * their body is read have an empty body. An exception becomes a process warning and affects no response.
   */
  readonly onAnswered?: ((request: ReceivedRequest) => void) | undefined
}

/** SageMaker's quotas. */
export interface LocalRuntimeLimits {
  /**
   * Longest request body, in bytes.
   * @defaultValue 26 214 400 (25 MiB)
   */
  readonly maxBodyBytes?: number | undefined
  /**
   * Time for a whole answer to `InvokeEndpoint`, in milliseconds.
   * @defaultValue 60 000
   */
  readonly answerTimeoutMs?: number | undefined
  /**
   * Time for a whole stream, in milliseconds.
   * @defaultValue 480 000
   */
  readonly streamTimeoutMs?: number | undefined
}
