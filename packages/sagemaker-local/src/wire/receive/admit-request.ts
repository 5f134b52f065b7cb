import type { HostedEndpoint } from '../../hosting/hosted-endpoint.ts'
import type { SignatureRequirement } from '../../signing/signature-requirement.ts'
import type { AwsLocation } from '../../answers/model-error.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import type { Route } from '../../answers/route.ts'
import { checkRouting } from './routing-checks.ts'
import { serviceErrorResponse, type HttpResponse } from '../../answers/service-error.ts'

/** Rules by which requests are admitted. */
export interface AdmissionRules {
  readonly endpoints: ReadonlyMap<string, HostedEndpoint>
  readonly awsLocation: AwsLocation
  readonly requireSignature: SignatureRequirement | undefined
}

/** Returns the endpoint of a request, or the error of SageMaker after checking signature, endpoint name and routing options, in this order. */
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
  // The signer of the SDK is loaded only if signatures are required.
  if (operation === 'openai') {
    const { verifyBearerToken } = await import('../../signing/verify-bearer-token.ts')
    return verifyBearerToken(request, requireSignature, awsLocation.region)
  }
  const { verifySignature } = await import('../../signing/verify-signature.ts')
  return verifySignature(request, requireSignature, awsLocation.region)
}
