import type { HostedEndpoint } from '../../hosting/hosted-endpoint.ts'
import type { SignatureRequirement } from '../../signing/signer.ts'
import type { AwsLocation } from '../../answers/model-error.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import type { Route } from '../../answers/route.ts'
import { checkRouting } from './routing-checks.ts'
import { serviceErrorResponse, type HttpResponse } from '../../answers/service-error.ts'

/** What decides whether a request gets to a model. */
export interface AdmissionRules {
  readonly endpoints: ReadonlyMap<string, HostedEndpoint>
  readonly awsLocation: AwsLocation
  readonly requireSignature: SignatureRequirement | undefined
}

/** The endpoint that a request is for, or SageMaker's refusal: first of its signature, then of its endpoint, then of its routing. */
export async function admitRequest(
  rules: AdmissionRules,
  route: Route,
  request: ReceivedRequest,
): Promise<HostedEndpoint | HttpResponse> {
  const unsigned = await checkSignature(rules, route, request)
  if (unsigned) return unsigned
  const endpoint = rules.endpoints.get(route.endpointName)
  if (!endpoint) {
    return serviceErrorResponse('ValidationError', {
      message: `Endpoint ${route.endpointName} of account ${rules.awsLocation.accountId} not found.`,
    })
  }
  return checkRouting(request, route.endpointName, endpoint.options) ?? endpoint
}

async function checkSignature(
  { requireSignature, awsLocation }: AdmissionRules,
  { operation }: Route,
  request: ReceivedRequest,
): Promise<HttpResponse | undefined> {
  if (!requireSignature) return undefined
  // The SDK's signer is only loaded where signatures count.
  if (operation === 'openai') {
    const { verifyBearerToken } = await import('../../signing/verify-bearer-token.ts')
    return verifyBearerToken(request, requireSignature, awsLocation.region)
  }
  const { verifySignature } = await import('../../signing/verify-signature.ts')
  return verifySignature(request, requireSignature, awsLocation.region)
}
