/** Names of the errors that can be configured. */
export const controlPlaneErrorNames = [
  'AccessDeniedException',
  'ValidationException',
  'ResourceNotFound',
  'ThrottlingException',
  'ServiceUnavailable',
  'InternalFailure',
] as const

/** Name of a control plane error that can be configured. */
export type ControlPlaneErrorName = (typeof controlPlaneErrorNames)[number]

/** Names of all errors, including those that only invalid requests cause. */
type RequestErrorName = ControlPlaneErrorName | 'SerializationException' | 'UnknownOperationException' | (string & {})

/** HTTP status codes other than 400. */
const statusCodes: Readonly<Record<string, number>> = { ServiceUnavailable: 503, InternalFailure: 500 }

/** An error response of the control plane. */
export class ControlPlaneError extends Error {
  readonly type: RequestErrorName
  readonly statusCode: number

  constructor(type: RequestErrorName, message: string) {
    super(message)
    this.type = type
    this.statusCode = statusCodes[type] ?? 400
  }
}

/** Returns a validation error with AWS's wording. */
export function validationError(member: string, value: unknown, constraint: string): ControlPlaneError {
  const shown = value === undefined ? 'null' : `'${typeof value === 'string' ? value : JSON.stringify(value)}'`
  const message = `1 validation error detected: Value ${shown} at '${member}' failed to satisfy constraint: ${constraint}`
  return new ControlPlaneError('ValidationException', message)
}

const messages: Readonly<Record<Exclude<ControlPlaneErrorName, 'AccessDeniedException'>, string>> = {
  ValidationException: 'The request is not valid.',
  ResourceNotFound: 'The resource does not exist.',
  ThrottlingException: 'Rate exceeded',
  ServiceUnavailable: 'The service is unavailable. Try again later.',
  InternalFailure: 'An internal failure occurred.',
}

/** Returns a configured error with AWS's wording. */
export function requestedError(name: ControlPlaneErrorName, operation: string, accountId: string): ControlPlaneError {
  const message =
    name === 'AccessDeniedException'
      ? `User: arn:aws:iam::${accountId}:user/local is not authorized to perform: sagemaker:${operation} because no identity-based policy allows the sagemaker:${operation} action`
      : messages[name]
  return new ControlPlaneError(name, message)
}
