import type { AwsLocation } from '../answers/model-error.ts'
import type { ReceivedRequest } from '../answers/received-request.ts'

/** Topics of an endpoint, as `NotificationConfig` of its configuration names them. */
export interface AsyncNotifications {
  /** Name of the SNS topic to which the outcomes of successful calls are published. */
  readonly successTopic?: string | undefined
  /** Name of the SNS topic to which failures are published. */
  readonly errorTopic?: string | undefined
}

/** How an asynchronous call ended. */
export interface AsyncOutcome {
  readonly inferenceId: string
  /** When the call was received. */
  readonly receivedAt: Date
  readonly inputLocation: string | undefined
  /** Where the answer is, and its media type; undefined for a failure. */
  readonly output: { readonly location: string; readonly contentType: string | undefined } | undefined
  readonly failureReason: string | undefined
}

/** The message that SageMaker publishes when an asynchronous call has ended. */
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
