import type { InvokeResult, SagemakerEndpoint } from '@x/sagemaker-endpoint'

/** An endpoint that has its answer at hand: what is measured is what its caller does with it. */
export function endpointAtHand(body: Uint8Array): SagemakerEndpoint {
  const result: InvokeResult = {
    body,
    metadata: {
      requestId: undefined,
      statusCode: 200,
      contentType: 'application/json',
      invokedProductionVariant: undefined,
      customAttributes: undefined,
      newSessionId: undefined,
      attempts: 1,
      timings: { queuedMs: 0, headersMs: 0, firstByteMs: 0, durationMs: 0 },
    },
  }
  const endpoint: Pick<SagemakerEndpoint, 'endpointName' | 'invoke'> = {
    endpointName: 'at-hand',
    invoke: () => Promise.resolve(result),
  }
  return endpoint as SagemakerEndpoint
}
