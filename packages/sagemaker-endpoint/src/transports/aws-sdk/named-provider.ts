import type { AwsCredentials, CredentialsOption } from '../../options/endpoint-options.ts'

/** The name by which the SDK's own providers say that there are no credentials. */
const name = 'CredentialsProviderError'

/**
 * The same credentials; what a provider of the caller's throws is named as the SDK's own providers name it, so that it
 * is told from other failures.
 */
export function namedProvider(credentials: CredentialsOption): CredentialsOption {
  if (typeof credentials !== 'function') return credentials
  return async (): Promise<AwsCredentials> => {
    try {
      return await credentials()
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause)
      throw Object.assign(new Error(message, { cause }), { name })
    }
  }
}
