import type { CredentialsOption } from './endpoint-options.ts'

/** Options of `createBearerToken`. */
export interface BearerTokenOptions {
  /**
   * AWS Region of the service.
   *
   * @defaultValue `AWS_REGION`, or the region of the profile
   */
  readonly region?: string | undefined
  /**
   * Credentials, or a function that provides them.
   *
   * @defaultValue the SDK's own search
   */
  readonly credentials?: CredentialsOption | undefined
  /**
   * Life of the token in seconds, from 1 to 43,200. The token also ends with the credentials that it is made from.
   * @defaultValue 900
   */
  readonly expiresInSeconds?: number | undefined
}
