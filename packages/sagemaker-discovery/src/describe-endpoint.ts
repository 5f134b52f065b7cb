import { SagemakerError } from '@x/sagemaker-endpoint'
import { isLoopback } from '@x/sagemaker-endpoint/model-kit'
import type { DiscoveryConnection } from './control-plane/connection-options.ts'
import { ControlPlane } from './control-plane/control-plane.ts'
import { describeFacts } from './description/describe-facts.ts'
import type { EndpointDescription } from './description/endpoint-description.ts'
import { EndpointReader } from './description/endpoint-facts.ts'
import type { DiscoveryCache } from './discovery-cache.ts'

/** Options of {@link describeEndpoint}. */
export interface DescribeEndpointOptions extends DiscoveryConnection {
  /**
   * Caches descriptions between calls, for example `discoveryCache()`.
   *
   * @defaultValue no cache
   */
  readonly cache?: DiscoveryCache | undefined
  /**
   * Maximum number of inference components to describe, at one call each. The rest are listed without details.
   * @defaultValue 50
   */
  readonly maxInferenceComponents?: number | undefined
  /** Aborts the call. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Describes what runs in an endpoint and how to call it. Only reads the control plane: `DescribeEndpoint`, `DescribeEndpointConfig`
 * and one `DescribeModel` per model; for endpoints with inference components `ListInferenceComponents` and one
 * `DescribeInferenceComponent` per component; `ListTags` if only a JumpStart model ID can identify the container.
 *
 * Requires `sagemaker:DescribeEndpoint`. If another operation is denied, the description lacks its information and
 * `deniedActions` lists its IAM action.
 *
 * Secrets in environment variables are never returned: only known variables are read, and only model names, numbers and
 * values of fixed sets are taken from them.
 *
 * @throws {SagemakerError} `endpoint-not-found`; `access-denied` with the IAM action as `action`; `credentials`, `throttled`, `connection`,
 * `aborted` and so on.
 */
export async function describeEndpoint(
  endpointName: string,
  options: DescribeEndpointOptions = {},
): Promise<EndpointDescription> {
  const { cache, endpoint, maxInferenceComponents = 50, region, signal } = options
  if (endpointName === '') throw new SagemakerError('invalid-request', 'the name of the endpoint is empty.')
  const key = JSON.stringify([endpoint, region, endpointName])
  const kept = cache?.get(key)
  if (kept !== undefined) return kept
  const controlPlane = await ControlPlane.open(options, signal)
  try {
    const reader = new EndpointReader(controlPlane, endpointName)
    const facts = await reader.read(maxInferenceComponents)
    // Only a local runtime serves both planes at one address.
    const connection = { endpointName, region, ...(isLoopback(endpoint) && { endpoint }) }
    let description = describeFacts(facts, connection)
    // JumpStart scripts run in generic images, so only the model ID identifies their format.
    if (description.suggestion.kind === 'unknown' && facts.endpoint.EndpointArn !== undefined) {
      const jumpstartModel = await reader.readJumpstartModel(facts.endpoint.EndpointArn)
      description = describeFacts({ ...facts, deniedActions: reader.deniedActions }, connection, jumpstartModel)
    }
    cache?.set(key, description)
    return description
  } finally {
    controlPlane.close()
  }
}
