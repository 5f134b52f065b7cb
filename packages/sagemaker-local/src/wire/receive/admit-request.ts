import type { HostedEndpoint } from '../../hosting/hosted-endpoint.ts'
import type { SignatureRequirement } from '../../signing/signature-requirement.ts'
import type { Place } from '../../answers/model-error.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import type { Route } from '../../answers/route.ts'
import { checkRouting } from './routing-checks.ts'
import { serviceErrorResponse, type HttpResponse } from '../../answers/service-error.ts'

/** What decides whether a request gets to a model. */
export interface Admission {
  readonly endpoints: ReadonlyMap<string, HostedEndpoint>
  readonly place: Place
  readonly requireSignature: SignatureRequirement | undefined
}

/** The endpoint that a request is for, or SageMaker's refusal: first of its signature, then of its endpoint, then of its routing. */
export async function admitRequest(
  admission: Admission,
  route: Route,
  request: ReceivedRequest,
): Promise<HostedEndpoint | HttpResponse> {
  const unsigned = await checkSignature(admission, route, request)
  if (unsigned) return unsigned
  const endpoint = admission.endpoints.get(route.endpointName)
  if (!endpoint) {
    return serviceErrorResponse('ValidationError', {
      message: `Endpoint ${route.endpointName} of account ${admission.place.accountId} not found.`,
    })
  }
  return checkRouting(request, route.endpointName, endpoint.options) ?? endpoint
}

async function checkSignature(
  { requireSignature, place }: Admission,
  { operation }: Route,
  request: ReceivedRequest,
): Promise<HttpResponse | undefined> {
  if (!requireSignature) return undefined
  // The SDK's signer is only loaded where signatures count.
  if (operation === 'openai') {
    const { verifyBearerToken } = await import('../../signing/verify-bearer-token.ts')
    return verifyBearerToken(request, requireSignature, place.region)
  }
  const { verifySignature } = await import('../../signing/verify-signature.ts')
  return verifySignature(request, requireSignature, place.region)
}
