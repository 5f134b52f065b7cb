import type { CredentialsOption } from '@x/sagemaker-endpoint'

/**
 * The part of `SageMakerClient` that this package uses. Declared structurally, so that these types depend neither on the
 * SDK's nor on Node's.
 */
export interface ControlPlaneClient {
  /** Sends an SDK command. */
  send(command: never, options?: { abortSignal?: AbortSignal }): Promise<unknown>
}

/** Connection to SageMaker's control plane. Options that are not set come from the environment, as in every AWS tool. */
export interface DiscoveryConnection {
  /** An existing `SageMakerClient`. It is never destroyed by this package. */
  readonly client?: ControlPlaneClient | undefined
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
   * URL of the service. A loopback URL, such as that of a local runtime, needs neither region nor credentials. Default:
   * `AWS_ENDPOINT_URL_SAGEMAKER`, or AWS.
   */
  readonly endpoint?: string | undefined
  /** Passed to the constructor of `SageMakerClient`: proxy, FIPS, profile and so on. */
  readonly clientOptions?: object | undefined
}
