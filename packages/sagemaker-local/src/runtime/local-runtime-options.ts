import type { ControlPlaneOptions } from '../control-plane/control-plane.ts'
import type { EndpointOptions } from '../hosting/endpoint-options.ts'
import type { ReceivedRequest } from '../answers/received-request.ts'
import type { LocalEndpoint } from '../answers/local-endpoint.ts'
import type { SignatureRequirement } from '../signing/signer.ts'

/** Options of {@link startLocalRuntime}. */
export interface LocalRuntimeOptions {
  /** Endpoints by name. */
  readonly endpoints: Readonly<Record<string, LocalEndpoint | EndpointOptions>>
  /** TCP port; 0 takes a free one. Default 0. */
  readonly port?: number | undefined
  /** Address to listen on. Default `127.0.0.1`: only programs on this machine can connect. */
  readonly host?: string | undefined
  /**
   * Names that the `Host` header of a request may have in addition to those of loopback, e.g. `host.docker.internal`. Only checked while
   * `host` is a loopback address, against web sites that point their own name at this machine. Default: none.
   */
  readonly allowedHosts?: readonly string[] | undefined
  /** Region that appears in messages and ARNs. Default `us-east-1`. */
  readonly region?: string | undefined
  /** Account that appears in messages and ARNs. Default `123456789012`. */
  readonly accountId?: string | undefined
  /**
   * Refuses requests that are not signed with these credentials, for the OpenAI-compatible path those without a bearer token made
   * from them. Default: signatures are ignored.
   */
  readonly requireSignature?: SignatureRequirement | undefined
  /**
   * Serves SageMaker's control plane on the same port: endpoints can be listed and described.
   * Default true.
   */
  readonly controlPlane?: boolean | ControlPlaneOptions | undefined
  /** What the runtime refuses, as SageMaker does. */
  readonly limits?: LocalRuntimeLimits | undefined
  /**
   * Where asynchronous calls read and write: `memory`, or `s3`, a real S3 with SQS and SNS beside it in this process, which AWS SDKs call over
   * HTTP. `s3` needs the package `fauxqs`. Default `memory`.
   */
  readonly objects?: 'memory' | 's3' | undefined
  /** How many requests `requests` keeps, and at most 100 MiB of bodies; older ones are dropped. Default 1000. */
  readonly maxRecordedRequests?: number | undefined
  /**
   * Called once per request when its response is complete or its connection has closed; `status`, `outcome`, `parts`, `fault` and
   * `durationMs` are final then, except for the `fault` of an asynchronous call, whose model is asked later. Also called for a request that
   * is refused because its body is too large, with an empty body. An error that it throws becomes a warning of the process.
   */
  readonly onAnswered?: ((request: ReceivedRequest) => void) | undefined
}

/** SageMaker's quotas. */
export interface LocalRuntimeLimits {
  /** Longest request body, in bytes. Default 26 214 400 (25 MiB). */
  readonly maxBodyBytes?: number | undefined
  /** Time for a whole answer to `InvokeEndpoint`, in milliseconds. Default 60 000. */
  readonly answerTimeoutMs?: number | undefined
  /** Time for a whole stream, in milliseconds. Default 480 000. */
  readonly streamTimeoutMs?: number | undefined
}
