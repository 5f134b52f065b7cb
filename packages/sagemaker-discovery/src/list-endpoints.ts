import type { DiscoveryConnection } from './control-plane/connection-options.ts'
import { ControlPlane } from './control-plane/control-plane.ts'
import type { ListedEndpoint } from './description/endpoint-description.ts'
import { listedEndpoint } from './description/listed-endpoint.ts'

/** Options of {@link listEndpoints}. */
export interface ListEndpointsOptions extends DiscoveryConnection {
  /** Lists only endpoints whose name contains this text. */
  readonly nameContains?: string | undefined
  /** Lists only endpoints with this status, such as `InService`. */
  readonly status?: string | undefined
  /** Aborts the call. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Lists the endpoints of an account in a region, newest first. Pages of 100 are requested on demand: leaving the loop early
 * requests no further page. Requires `sagemaker:ListEndpoints`.
 *
 * @throws {SagemakerError} `access-denied` with the IAM action as `action`, `credentials`, `throttled`, `connection`, `aborted` and so on.
 */
export async function* listEndpoints(
  options: ListEndpointsOptions = {},
): AsyncGenerator<ListedEndpoint, void, undefined> {
  const { nameContains, status, signal } = options
  const controlPlane = await ControlPlane.open(options, signal)
  try {
    const request = { MaxResults: 100, NameContains: nameContains, StatusEquals: status }
    for await (const { Endpoints = [] } of controlPlane.pages('ListEndpoints', request, '')) {
      for (const endpoint of Endpoints) yield listedEndpoint(endpoint)
    }
  } finally {
    controlPlane.close()
  }
}
