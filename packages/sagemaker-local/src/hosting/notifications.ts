import type { AwsLocation } from '../answers/model-error.ts'
import type { ReceivedRequest } from '../answers/received-request.ts'

/** SNS topics of an endpoint, as in `NotificationConfig` of its endpoint configuration. */
export interface AsyncNotifications {
  /** Name of the topic for successful calls. */
  readonly successTopic?: string | undefined
  /** Name of the topic for failed calls. */
  readonly errorTopic?: string | undefined
}

/** Result of an asynchronous call. */
export interface AsyncOutcome {
  readonly inferenceId: string
  /** Arrival of the call. */
  readonly receivedAt: Date
  readonly inputLocation: string | undefined
  /** Location and media type of the answer; undefined for a failure. */
  readonly output: { readonly location: string; readonly contentType: string | undefined } | undefined
  readonly failureReason: string | undefined
}

/** Builds the message that SageMaker publishes when an asynchronous call ends. */
export function notificationMessage(request: ReceivedRequest, outcome: AsyncOutcome, { region }: AwsLocation): string {
  const { inferenceId, receivedAt, inputLocation, output, failureReason } = outcome
  return JSON.stringify({
    awsRegion: region,
    eventTime: new Date().toISOString(),
    receivedTime: receivedAt.toISOString(),
    invocationStatus: output ? 'Completed' : 'Failed',
    ...(failureReason === undefined ? {} : { failureReason }),
    requestParameters: {
      endpointName: request.endpointName,
      contentType: request.contentType,
      accept: request.accept,
      customAttributes: request.customAttributes,
      inputLocation,
    },
    ...(output && { responseParameters: { contentType: output.contentType, outputLocation: output.location } }),
    inferenceId,
    eventVersion: '1.0',
    eventSource: 'aws:sagemaker',
    eventName: 'InferenceResult',
  })
}
