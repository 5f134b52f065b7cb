import { AwsConnection } from '../aws-sdk/aws-connection.ts'
import { errorFromException } from '../../errors/error-from-exception.ts'
import type { BearerTokenOptions } from '../../options/bearer-token-options.ts'
import { defaultExpiresInSeconds, signBearerToken } from './bearer-token.ts'

/** What `createBearerToken` does, loaded on its first use. */
export async function bearerTokenFor(options: BearerTokenOptions): Promise<string> {
  const { expiresInSeconds = defaultExpiresInSeconds } = options
  try {
    const connection = new AwsConnection(options)
    const [region, credentials] = await Promise.all([connection.region(), connection.credentials()])
    return await signBearerToken({ region, credentials, expiresInSeconds, now: new Date() })
  } catch (error) {
    throw errorFromException(error, { endpointName: '' })
  }
}
