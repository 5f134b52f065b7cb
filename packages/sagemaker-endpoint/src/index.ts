export type { CallOptions } from './options/call-options.ts'
export type { CallEvent, EndpointObserver } from './options/endpoint-observer.ts'
export type {
  AwsCredentials,
  ConnectionOptions,
  CredentialsOption,
  RetryEvent,
  RetryOptions,
  RoutingOptions,
  RuntimeClient,
  SagemakerEndpointOptions,
  TimeLimits,
} from './options/endpoint-options.ts'
export {
  type ContainerError,
  type ContainerErrorKind,
  parseContainerError,
  parseContainerErrorText,
} from './errors/container-error.ts'
export type { ErrorContext } from './errors/error-context.ts'
export { errorFromContainer } from './errors/error-from-container.ts'
export type { SagemakerErrorCode } from './errors/sagemaker-error-code.ts'
export {
  type Attempt,
  type PartialAnswer,
  SagemakerError,
  type SagemakerErrorDetails,
} from './errors/sagemaker-error.ts'
export type { InvokeAsyncSettings, InlineInput, InvokeAsyncInput, StoredInput } from './options/invoke-async-input.ts'
export type { InvokeAsyncResult } from './call/invoke-async-result.ts'
export type { InvokeResult } from './options/invoke-result.ts'
export type { BearerTokenOptions } from './options/bearer-token-options.ts'
export { createBearerToken } from './create-bearer-token.ts'
export type { ResponseMetadata, ResponseTimings } from './options/response-metadata.ts'
export { SagemakerEndpoint } from './sagemaker-endpoint.ts'
export type { Session } from './call/session.ts'
