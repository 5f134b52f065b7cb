import type { CredentialsOption } from '@x/sagemaker-endpoint'
import { isLoopback, loopbackIdentity } from '@x/sagemaker-endpoint/model-kit'

/** The part of a client of the AWS SDK that this package uses, such as an `S3Client`. It is never destroyed by this package. */
export interface ServiceClient {
  /** Sends an SDK command. */
  send(command: never, options?: { abortSignal?: AbortSignal }): Promise<unknown>
}

/** How to reach a service of AWS. What is not set comes from the environment, as in every AWS tool. */
export interface ServiceOptions {
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
   * URL of the service. A loopback URL needs neither region nor credentials.
   *
   * @defaultValue that of AWS
   */
  readonly endpoint?: string | undefined
  /**
   * S3: buckets are part of the path.
   *
   * @defaultValue for loopback URLs
   */
  readonly forcePathStyle?: boolean | undefined
  /** Passed to the constructor of the client: proxy, FIPS, profile and so on. */
  readonly clientOptions?: object | undefined
}

/** A client, or the options for one. */
export type ServiceConnection = ServiceClient | ServiceOptions

/** Options of the constructor of a client. */
export function clientConfig(options: ServiceOptions): object {
  const { clientOptions, ...given } = options
  const isLocal = isLoopback(options.endpoint)
  const known = Object.entries(given).filter(([, value]) => value !== undefined)
  return {
    ...(isLocal && { ...loopbackIdentity, forcePathStyle: true }),
    ...clientOptions,
    ...Object.fromEntries(known),
  }
}
