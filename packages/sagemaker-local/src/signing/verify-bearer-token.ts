import type { ReceivedRequest } from '../answers/received-request.ts'
import { serviceErrorResponse, type HttpResponse } from '../answers/service-error.ts'
import { parseAmzDate } from './authorization-header.ts'
import type { SignatureRequirement } from './signature-requirement.ts'
import { createSigner } from './signer.ts'

const tokenPrefix = 'sagemaker-api-key-'
const tokenHost = 'sagemaker.amazonaws.com'
const maxLifetimeSeconds = 12 * 60 * 60

/**
 * Returns AWS's error for a request to the OpenAI-compatible path without a valid bearer token, undefined if the token is valid. The token is the
 * base64 of a presigned URL, `sagemaker.amazonaws.com/?Action=CallWithBearerToken&X-Amz-...&Version=1`, whose signature is recomputed
 * with the signer of the AWS SDK. Ordinary signatures are refused on this path.
 */
export async function verifyBearerToken(
  request: ReceivedRequest,
  requirement: SignatureRequirement,
  region: string,
): Promise<HttpResponse | undefined> {
  const header = request.headers.authorization
  if (header === undefined) return serviceErrorResponse('MissingAuthenticationTokenException')
  const token = /^Bearer (.+)$/.exec(header)?.[1]
  if (!token?.startsWith(tokenPrefix)) return refused('The request needs a bearer token.')
  const query = readPresignedUrl(token.slice(tokenPrefix.length))
  if (query?.get('Action') !== 'CallWithBearerToken') return refused('The bearer token is not valid.')
  const signedAt = parseAmzDate(query.get('X-Amz-Date') ?? '')
  const lifetimeSeconds = Number(query.get('X-Amz-Expires'))
  if (Number.isNaN(signedAt) || !(lifetimeSeconds > 0 && lifetimeSeconds <= maxLifetimeSeconds)) {
    return refused('The bearer token is not valid.')
  }
  if (Date.now() > signedAt + lifetimeSeconds * 1000) return serviceErrorResponse('ExpiredTokenException')
  const expected = await presign(requirement, region, new Date(signedAt), lifetimeSeconds)
  for (const name of ['X-Amz-Credential', 'X-Amz-Security-Token', 'X-Amz-Signature']) {
    if ((expected[name] ?? null) !== query.get(name)) return serviceErrorResponse('UnrecognizedClientException')
  }
  return undefined
}

function refused(message: string): HttpResponse {
  return serviceErrorResponse('AccessDeniedException', { message })
}

function readPresignedUrl(base64: string): URLSearchParams | undefined {
  const url = Buffer.from(base64, 'base64').toString('latin1')
  return url.startsWith(`${tokenHost}/?`) ? new URLSearchParams(url.slice(tokenHost.length + 2)) : undefined
}

async function presign(
  requirement: SignatureRequirement,
  region: string,
  signingDate: Date,
  expiresIn: number,
): Promise<Record<string, unknown>> {
  const signed = await createSigner(requirement, region).presign(
    {
      method: 'POST',
      protocol: 'https:',
      hostname: tokenHost,
      path: '/',
      query: { Action: 'CallWithBearerToken' },
      headers: { host: tokenHost },
    },
    { signingDate, expiresIn },
  )
  return { ...signed.query }
}
