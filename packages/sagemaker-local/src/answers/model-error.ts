import { serviceErrorResponse, type HttpResponse } from './service-error.ts'

/** Region and account of the runtime, as they appear in messages and ARNs. */
export interface AwsLocation {
  readonly region: string
  readonly accountId: string
}

/** A failure of the container, as SageMaker reports it. */
export interface ContainerFailure {
  readonly endpointName: string
  /** Status of the container's response; 0 when it did not respond in time. */
  readonly statusCode: number
  readonly message: string
  /**
   * Name of the container in the message.
   * @defaultValue `primary`
   */
  readonly containerName?: string | undefined
}

/** Builds the `ModelError` with which SageMaker reports a failure of the container. */
export function modelErrorResponse(failure: ContainerFailure, awsLocation: AwsLocation): HttpResponse {
  const { endpointName, statusCode, message } = failure
  const isClientError = statusCode >= 400 && statusCode < 500
  const logGroup = `/aws/sagemaker/Endpoints/${endpointName}`
  const console = `https://${awsLocation.region}.console.aws.amazon.com/cloudwatch/home?region=${awsLocation.region}#logEventViewer:group=${logGroup}`
  return serviceErrorResponse('ModelError', {
    message: `Received ${isClientError ? 'client' : 'server'} error (${statusCode}) from ${failure.containerName ?? 'primary'} with message "${message}". See ${console} in account ${awsLocation.accountId} for more information.`,
    members: {
      ErrorCode: isClientError ? 'CLIENT_ERROR_FROM_MODEL' : 'SERVER_ERROR_FROM_MODEL',
      LogStreamArn: `arn:aws:logs:${awsLocation.region}:${awsLocation.accountId}:log-group:${logGroup}`,
      OriginalMessage: message,
      OriginalStatusCode: statusCode,
    },
  })
}

/** Builds the `ModelError` for a container that did not answer in time. */
export function modelTimeoutResponse(endpointName: string, awsLocation: AwsLocation): HttpResponse {
  return modelErrorResponse(
    {
      endpointName,
      statusCode: 0,
      containerName: 'model',
      message:
        'Your invocation timed out while waiting for a response from container model. Review the latency metrics for each container in Amazon CloudWatch, resolve the issue, and try again.',
    },
    awsLocation,
  )
}
