export { describeEndpoint, type DescribeEndpointOptions } from './describe-endpoint.ts'
export { listEndpoints, type ListEndpointsOptions } from './list-endpoints.ts'
export { discoveryCache, type DiscoveryCache, type DiscoveryCacheOptions } from './discovery-cache.ts'
export type { ControlPlaneClient, DiscoveryConnection } from './control-plane/connection-options.ts'
export type {
  AsynchronousInference,
  DataCapture,
  DescribedContainer,
  DescribedModel,
  EndpointDescription,
  EndpointVariant,
  InferenceComponent,
  ListedEndpoint,
  ServerlessVariant,
} from './description/endpoint-description.ts'

// Suggestions.
export type { SuggestedCall, SuggestedConnection, Suggestion } from './suggestion/suggestion.ts'
export { factoryCall, suggestedCode } from './suggestion/suggested-code.ts'

// Table of containers.
export { containers } from './containers/container-table.ts'
export type { Container, ContainerName, HandlerChoice, ModelKind } from './containers/container.ts'

export { SagemakerError, type SagemakerErrorCode } from '@x/sagemaker-endpoint'
