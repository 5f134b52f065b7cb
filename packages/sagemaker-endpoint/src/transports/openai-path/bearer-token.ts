import { exportsOf } from '../aws-sdk/exports-of.ts'
import type { AwsCredentials } from '../../options/endpoint-options.ts'
import { SagemakerError } from '../../errors/sagemaker-error.ts'
import { Sha256 } from './sha256.ts'

/** SageMaker's limit for the life of a token, in seconds: 12 hours. */
const maxExpiresInSeconds = 43_200

export const defaultExpiresInSeconds = 900

export interface BearerTokenClaims {
  readonly region: string
  readonly credentials: AwsCredentials
  readonly expiresInSeconds: number
  readonly now: Date
}

/**
 * A bearer token for SageMaker's OpenAI-compatible paths: a presigned request in base64. Made without any network call.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/realtime-endpoints-openai-compatible.html
 *
 * @throws SagemakerError with code `invalid-request` for a life that SageMaker does not allow.
 */
export async function signBearerToken({
  region,
  credentials,
  expiresInSeconds,
  now,
}: BearerTokenClaims): Promise<string> {
  if (!(expiresInSeconds >= 1 && expiresInSeconds <= maxExpiresInSeconds)) {
    throw new SagemakerError(
      'invalid-request',
      `expiresInSeconds is ${expiresInSeconds}; allowed are 1 to ${maxExpiresInSeconds}.`,
    )
  }
  const { SignatureV4 } = exportsOf(await import('@smithy/signature-v4'))
  const { accessKeyId, secretAccessKey, sessionToken } = credentials
  const identity = { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) }
  const signer = new SignatureV4({ service: 'sagemaker', region, credentials: identity, sha256: Sha256 })
  const host = 'sagemaker.amazonaws.com'
  const request = {
    method: 'POST',
    protocol: 'https:',
    hostname: host,
    path: '/',
    headers: { host },
    query: { Action: 'CallWithBearerToken' },
  }
  const options = { expiresIn: Math.floor(expiresInSeconds), signingDate: now }
  const { query = {} } = await signer.presign(request, options)
  const presigned = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
  return `sagemaker-api-key-${btoa(`${host}/?${presigned.join('&')}&Version=1`)}`
}
