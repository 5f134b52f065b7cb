import { SagemakerEndpoint, type SagemakerEndpointOptions } from '@x/sagemaker-endpoint'

/** An endpoint with what closes it. */
export interface EngineEndpoint {
  readonly endpoint: SagemakerEndpoint
  /** Closes the endpoint if it was made here. */
  close(): void
}

/** Takes an endpoint as it is, or makes one of its options, which adapts to throttling. */
export function endpointOf(given: SagemakerEndpoint | SagemakerEndpointOptions): EngineEndpoint {
  if ('invoke' in given) return { endpoint: given, close: () => {} }
  const endpoint = new SagemakerEndpoint({ maxConcurrency: 'adaptive', ...given })
  return { endpoint, close: () => endpoint.close() }
}
