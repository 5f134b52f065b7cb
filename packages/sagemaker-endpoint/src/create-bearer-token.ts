import type { BearerTokenOptions } from './options/bearer-token-options.ts'

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
