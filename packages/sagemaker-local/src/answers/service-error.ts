import { toBytes } from './bytes.ts'

/** An HTTP response of SageMaker itself. */
export interface HttpResponse {
  /** HTTP status. */
  readonly statusCode: number
  /** Header values by name. */
  readonly headers: Readonly<Record<string, string>>
  /** Body. */
  readonly body: Uint8Array
}

/** Names of the errors of SageMaker Runtime. For a `ModelError` with the container's status and body, use {@link containerError}. */
export type ServiceErrorName =
  | 'ValidationError'
  | 'ModelNotReadyException'
  | 'ServiceUnavailable'
  | 'InternalFailure'
  | 'InternalDependencyException'
  | 'ModelError'
  | 'ModelStreamError'
  | 'InternalStreamFailure'
  | 'ThrottlingException'
  | 'TooManyRequestsException'
  | 'AccessDeniedException'
  | 'ExpiredTokenException'
  | 'UnrecognizedClientException'
  | 'InvalidSignatureException'
  | 'MissingAuthenticationTokenException'
  | 'IncompleteSignatureException'
  | 'UnknownOperationException'

interface ServiceError {
  readonly statusCode: number
  readonly member: 'Message' | 'message'
  readonly message: string
}

/** Options of {@link serviceError}. */
export interface ServiceErrorOptions {
  /**
   * Message.
   * @defaultValue AWS's own message
   */
  readonly message?: string | undefined
  /**
   * HTTP status.
   * @defaultValue the status that AWS uses for this error
   */
  readonly statusCode?: number | undefined
  /** Additional members of the JSON body, such as `ErrorCode`. */
  readonly members?: Readonly<Record<string, unknown>> | undefined
  /** Additional headers, such as `retry-after`. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/**
 * Status and message of each error. Errors that AWS's shared front end raises (signature, throttling) spell the member
 * `message`; those of SageMaker itself spell it `Message`.
 */
const serviceErrors: Readonly<Record<ServiceErrorName, ServiceError>> = {
  ValidationError: { statusCode: 400, member: 'Message', message: 'The request is not valid.' },
  ModelNotReadyException: {
    statusCode: 429,
    member: 'Message',
    message: 'Model is not ready for inference. Please wait and try again.',
  },
  ServiceUnavailable: { statusCode: 503, member: 'Message', message: 'The service is unavailable. Try again later.' },
  InternalFailure: { statusCode: 500, member: 'Message', message: 'An internal failure occurred.' },
  InternalDependencyException: { statusCode: 530, member: 'Message', message: 'A dependency of the service failed.' },
  ModelError: { statusCode: 424, member: 'Message', message: 'The model failed.' },
  ModelStreamError: { statusCode: 400, member: 'Message', message: 'An error occurred while streaming the response.' },
  InternalStreamFailure: { statusCode: 500, member: 'Message', message: 'The stream failed.' },
  ThrottlingException: { statusCode: 400, member: 'message', message: 'Rate exceeded' },
  TooManyRequestsException: { statusCode: 429, member: 'message', message: 'Too Many Requests' },
  AccessDeniedException: {
    statusCode: 403,
    member: 'Message',
    message:
      'User is not authorized to perform: sagemaker:InvokeEndpoint because no identity-based policy allows the action.',
  },
  ExpiredTokenException: {
    statusCode: 403,
    member: 'message',
    message: 'The security token included in the request is expired',
  },
  UnrecognizedClientException: {
    statusCode: 403,
    member: 'message',
    message: 'The security token included in the request is invalid.',
  },
  InvalidSignatureException: {
    statusCode: 403,
    member: 'message',
    message:
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  },
  MissingAuthenticationTokenException: { statusCode: 403, member: 'message', message: 'Missing Authentication Token' },
  IncompleteSignatureException: {
    statusCode: 403,
    member: 'message',
    message: 'Authorization header is not complete.',
  },
  UnknownOperationException: { statusCode: 404, member: 'message', message: 'The requested operation is not known.' },
}

export function serviceErrorResponse(name: ServiceErrorName, options: ServiceErrorOptions = {}): HttpResponse {
  const error = serviceErrors[name]
  const members = { ...options.members, [error.member]: options.message ?? error.message }
  return {
    statusCode: options.statusCode ?? error.statusCode,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': name, ...options.headers },
    body: toBytes(JSON.stringify(members)),
  }
}

export function isServiceErrorName(name: string): name is ServiceErrorName {
  return Object.hasOwn(serviceErrors, name)
}
