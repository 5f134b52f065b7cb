export type { CallOptions } from './call-options.ts'
export type { CallEvent, EndpointObserver } from './endpoint-observer.ts'
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
} from './endpoint-options.ts'
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
export type { InvokeAsyncSettings, InlineInput, InvokeAsyncInput, StoredInput } from './invoke-async-input.ts'
export type { InvokeAsyncResult } from './invoke-async-result.ts'
export type { InvokeResult } from './invoke-result.ts'
export type { BearerTokenOptions } from './openai/bearer-token-options.ts'
export { createBearerToken } from './openai/create-bearer-token.ts'
export type { ResponseMetadata, ResponseTimings } from './response-metadata.ts'
export { SagemakerEndpoint } from './sagemaker-endpoint.ts'
export type { Session } from './session.ts'
