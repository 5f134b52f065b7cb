import type { CallOptions } from '../options/call-options.ts'
import type { RoutingOptions, SagemakerEndpointOptions } from '../options/endpoint-options.ts'
import type { InvokeAsyncInput } from '../options/invoke-async-input.ts'

export type Operation = 'invoke' | 'invokeStream' | 'invokeAsync'

/** One request to an endpoint, complete. */
export interface RuntimeRequest {
  readonly transport: 'invoke' | 'openai'
  readonly operation: Operation
  readonly endpointName: string
  /** Empty for an asynchronous call whose input lies in S3. */
  readonly body: Uint8Array | string
  /** Of an asynchronous call. */
  readonly asyncInput: InvokeAsyncInput | undefined
  readonly contentType: string
  readonly accept: string | undefined
  readonly routing: RoutingOptions
}

/** The request of one call; its routing goes before that of the endpoint, member by member. */
export function runtimeRequest(
  operation: Operation,
  { body, asyncInput }: Pick<RuntimeRequest, 'body' | 'asyncInput'>,
  endpoint: SagemakerEndpointOptions,
  call: CallOptions,
): RuntimeRequest {
  return {
    transport: endpoint.transport ?? 'invoke',
    operation,
    endpointName: endpoint.endpointName,
    body,
    asyncInput,
    contentType: call.contentType ?? 'application/json',
    accept: call.accept,
    routing: {
      inferenceComponentName: call.inferenceComponentName ?? endpoint.inferenceComponentName,
      targetVariant: call.targetVariant ?? endpoint.targetVariant,
      targetModel: call.targetModel ?? endpoint.targetModel,
      targetContainerHostname: call.targetContainerHostname ?? endpoint.targetContainerHostname,
      sessionId: call.sessionId ?? endpoint.sessionId,
      inferenceId: call.inferenceId ?? endpoint.inferenceId,
      prefixAwareId: call.prefixAwareId ?? endpoint.prefixAwareId,
      customAttributes: call.customAttributes ?? endpoint.customAttributes,
      enableExplanations: call.enableExplanations ?? endpoint.enableExplanations,
    },
  }
}
