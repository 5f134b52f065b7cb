import type { CredentialsOption } from './options/endpoint-options.ts'

/** Options of `createBearerToken`. */
export interface BearerTokenOptions {
  /** Default: `AWS_REGION`, or the region of the profile. */
  readonly region?: string | undefined
  /** Default: the SDK's own search. */
  readonly credentials?: CredentialsOption | undefined
  /**
   * Life of the token in seconds, from 1 to 43,200. The token also ends with the credentials that it is made from.
   * @defaultValue 900
   */
  readonly expiresInSeconds?: number | undefined
}

/**
 * Makes a short-lived bearer token for the OpenAI-compatible path of SageMaker endpoints, to hand to any OpenAI client
 * as its API key. No network call is made. The token is as good as the credentials: do not store or log it.
 *
 * @throws {SagemakerError} with code `credentials` or `invalid-request`.
 */
export async function createBearerToken(options: BearerTokenOptions = {}): Promise<string> {
  const { bearerTokenFor } = await import('./transports/openai-path/bearer-token.ts')
  return bearerTokenFor(options)
}
