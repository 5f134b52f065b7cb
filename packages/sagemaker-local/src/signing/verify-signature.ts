import { createHash } from 'node:crypto'
import type { ReceivedRequest } from '../answers/received-request.ts'
import { serviceErrorResponse, type HttpResponse } from '../answers/service-error.ts'
import { parseAmzDate, parseAuthorization } from './authorization-header.ts'
import type { SignatureRequirement } from './signature-requirement.ts'
import { createSigner, signedService } from './signer.ts'

const maxClockSkewMs = 5 * 60_000

/**
 * Returns AWS's error for a request without a valid Signature Version 4, undefined if it is valid. The signature is recomputed from the
 * request with the signer of the AWS SDK.
 */
export async function verifySignature(
  request: ReceivedRequest,
  requirement: SignatureRequirement,
  region: string,
): Promise<HttpResponse | undefined> {
  const header = request.headers.authorization
  if (header === undefined) return serviceErrorResponse('MissingAuthenticationTokenException')
  const authorization = parseAuthorization(header)
  const amzDate = String(request.headers['x-amz-date'] ?? '')
  const signedAt = parseAmzDate(amzDate)
  if (!authorization || Number.isNaN(signedAt)) return serviceErrorResponse('IncompleteSignatureException')
  if (authorization.accessKeyId !== requirement.accessKeyId) return serviceErrorResponse('UnrecognizedClientException')
  if (requirement.sessionToken !== request.headers['x-amz-security-token']) {
    return serviceErrorResponse('UnrecognizedClientException')
  }
  if (authorization.scope !== `${amzDate.slice(0, 8)}/${region}/${signedService}/aws4_request`) {
    return invalid(
      `Credential should be scoped to a valid region and service: ${amzDate.slice(0, 8)}/${region}/${signedService}.`,
    )
  }
  if (Math.abs(Date.now() - signedAt) > maxClockSkewMs) {
    return invalid(`Signature expired or not yet current: ${amzDate} is more than 5 min. away from now.`)
  }
  const unsigned = Object.keys(request.headers).filter(
    (name) => mustBeSigned(name) && !authorization.signedHeaders.includes(name),
  )
  if (unsigned.length > 0) {
    return invalid(`There were headers present in the request which were not signed: ${unsigned.join(', ')}`)
  }
  if (!bodyMatchesItsHash(request)) return serviceErrorResponse('InvalidSignatureException')
  const expected = await sign(request, requirement, region, authorization.signedHeaders, new Date(signedAt))
  return expected === authorization.signature ? undefined : serviceErrorResponse('InvalidSignatureException')
}

function invalid(message: string): HttpResponse {
  return serviceErrorResponse('InvalidSignatureException', { message })
}

/** Whether AWS requires that a header is signed. */
function mustBeSigned(name: string): boolean {
  return name === 'host' || name.startsWith('x-amz-') || name.startsWith('x-amzn-sagemaker-')
}

function bodyMatchesItsHash({ headers, body }: ReceivedRequest): boolean {
  const hash = headers['x-amz-content-sha256']
  return hash === undefined || hash === 'UNSIGNED-PAYLOAD' || hash === createHash('sha256').update(body).digest('hex')
}

async function sign(
  request: ReceivedRequest,
  requirement: SignatureRequirement,
  region: string,
  signedHeaders: readonly string[],
  signingDate: Date,
): Promise<string | undefined> {
  const url = new URL(request.path, 'http://localhost')
  const headers = Object.fromEntries(signedHeaders.map((name) => [name, String(request.headers[name] ?? '')]))
  const signed = await createSigner(requirement, region).sign(
    {
      method: request.method,
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers,
      body: request.body,
    },
    { signingDate, signableHeaders: new Set(signedHeaders) },
  )
  return parseAuthorization(signed.headers['authorization'] ?? '')?.signature
}
