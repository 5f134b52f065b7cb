export type { PartialAnswer } from '@x/bedrock-like-types'
export type { CallOptions } from './options/call-options.ts'
export type { EndpointEvent, EndpointObserver } from './options/endpoint-observer.ts'
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
export { type ErrorContext, errorFromContainer } from './errors/to-error.ts'
export type { SagemakerErrorCode } from './errors/sagemaker-error-code.ts'
export { type Attempt, SagemakerError, type SagemakerErrorDetails } from './errors/sagemaker-error.ts'
export type { InvokeAsyncSettings, InlineInput, InvokeAsyncInput, StoredInput } from './options/invoke-async-input.ts'
export type { InvokeAsyncResult, InvokeResult, InvokeMetadata, InvokeTimings } from './options/invoke-result.ts'
export { createBearerToken } from './create-bearer-token.ts'
export type { BearerTokenOptions } from './options/bearer-token-options.ts'
export { type OpenPayload, payloadParts } from './payload-parts.ts'
export { SagemakerEndpoint } from './sagemaker-endpoint.ts'
export type { Session } from './call/session.ts'
export type { PayloadPartEvent } from './wire/payload-events.ts'
