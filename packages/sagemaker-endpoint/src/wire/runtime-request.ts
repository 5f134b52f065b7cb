import type { CallOptions } from '../call-options.ts'
import type { RoutingOptions, SagemakerEndpointOptions } from '../endpoint-options.ts'

export type Operation = 'invoke' | 'invokeStream'

/** One request to an endpoint, complete. */
export interface RuntimeRequest {
  readonly transport: 'invoke' | 'openai'
  readonly operation: Operation
  readonly endpointName: string
  readonly body: Uint8Array | string
  readonly contentType: string
  readonly accept: string | undefined
  readonly routing: RoutingOptions
}

/** The request of one call; its routing goes before that of the endpoint, member by member. */
export function runtimeRequest(
  operation: Operation,
  body: Uint8Array | string,
  endpoint: SagemakerEndpointOptions,
  call: CallOptions,
): RuntimeRequest {
  return {
    transport: endpoint.transport ?? 'invoke',
    operation,
    endpointName: endpoint.endpointName,
    body,
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
