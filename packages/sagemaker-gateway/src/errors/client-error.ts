import { SagemakerError, type SagemakerErrorCode } from '@x/sagemaker-endpoint'
import type { GatewayErrorCode } from '../contract/request-record.ts'
import { GatewayError } from './gateway-error.ts'
import { messageForClient, openaiParameter } from './client-message.ts'

/** An error as clients see it, before it has the shape of a protocol. */
export interface ClientError {
  readonly code: SagemakerErrorCode | GatewayErrorCode
  readonly status: number
  /** OpenAI's `error.type`. */
  readonly type: string
  /** OpenAI's `error.code`. */
  readonly openaiCode: string
  readonly message: string
  /** Member of the request that is at fault. */
  readonly param: string | undefined
  readonly headers: Readonly<Record<string, string>>
}

type Row = readonly [status: number, type: string, openaiCode: string]

const invalid = 'invalid_request_error'

/** `credentials` is not 401: that is about the key of the client. */
const sagemakerRows: Readonly<Partial<Record<SagemakerErrorCode, Row>>> = {
  'invalid-request': [400, invalid, 'invalid_request'],
  'context-length-exceeded': [400, invalid, 'context_length_exceeded'],
  'payload-too-large': [413, invalid, 'request_too_large'],
  'eula-not-accepted': [403, 'permission_error', 'eula_not_accepted'],
  'access-denied': [403, 'permission_error', 'access_denied'],
  credentials: [500, 'server_error', 'gateway_credentials'],
  'missing-dependency': [500, 'server_error', 'gateway_configuration'],
  'invalid-configuration': [500, 'server_error', 'gateway_configuration'],
  'endpoint-not-found': [404, invalid, 'model_not_found'],
  throttled: [429, 'rate_limit_error', 'rate_limit_exceeded'],
  'model-not-ready': [503, 'server_error', 'model_not_ready'],
  'service-unavailable': [503, 'server_error', 'service_unavailable'],
  connection: [503, 'server_error', 'service_unavailable'],
  timeout: [504, 'server_error', 'timeout'],
  aborted: [499, 'server_error', 'aborted'],
}

const gatewayRows: Readonly<Record<GatewayErrorCode, Row>> = {
  'invalid-api-key': [401, invalid, 'invalid_api_key'],
  forbidden: [403, 'permission_error', 'forbidden'],
  'unknown-model': [404, invalid, 'model_not_found'],
  'wrong-kind': [400, invalid, 'model_not_supported'],
  'unknown-path': [404, invalid, 'unknown_url'],
  'wrong-method': [405, invalid, 'method_not_supported'],
  'unknown-response': [404, invalid, 'response_not_found'],
  'not-supported': [501, 'server_error', 'not_supported'],
  'too-many-requests': [429, 'rate_limit_error', 'rate_limit_exceeded'],
  closing: [503, 'server_error', 'shutting_down'],
  internal: [500, 'server_error', 'internal_error'],
}

/** Everything else is a failure of the model, whose answer cannot be used. */
const modelError: Row = [502, 'server_error', 'model_error']

/** How long a client waits, in seconds, if nobody said how long: an endpoint that starts needs longer than one that is busy. */
const retryAfterSeconds: Readonly<Partial<Record<string, number>>> = { model_not_ready: 10 }

/**
 * Turns a failure into what a client gets. An unknown error is a defect, and its message stays here.
 *
 * @param exposeErrors - Whether AWS's own messages about credentials and permissions are passed on.
 */
export function clientError(error: unknown, exposeErrors = false): ClientError {
  if (error instanceof GatewayError) {
    const { code, message, param, headers } = error
    return {
      code,
      message,
      param,
      ...rowOf(gatewayRows[code]),
      headers: { ...retryHeaders(gatewayRows[code]), ...headers },
    }
  }
  if (!SagemakerError.is(error)) return clientError(new GatewayError('internal', 'The gateway failed.'))
  const row = sagemakerRows[error.code] ?? modelError
  return {
    code: error.code,
    message: messageForClient(error, exposeErrors),
    param: openaiParameter(error),
    ...rowOf(row),
    headers: {
      ...retryHeaders(row, error.retryAfterMs),
      // Clients that know it do not repeat what has been repeated here, or would fail again.
      ...(error.retryable && error.attempts.length <= 1 ? {} : { 'x-should-retry': 'false' }),
      ...(error.requestId === undefined ? {} : { 'x-amzn-requestid': error.requestId }),
      ...(error.attempts.length === 0 ? {} : { 'x-sagemaker-attempts': String(error.attempts.length) }),
    },
  }
}

function rowOf([status, type, openaiCode]: Row): Pick<ClientError, 'status' | 'type' | 'openaiCode'> {
  return { status, type, openaiCode }
}

function retryHeaders([status, , openaiCode]: Row, retryAfterMs?: number): Record<string, string> {
  if (status !== 429 && status !== 503) return {}
  const seconds = retryAfterMs === undefined ? (retryAfterSeconds[openaiCode] ?? 1) : Math.ceil(retryAfterMs / 1000)
  return { 'retry-after': String(Math.max(seconds, 1)) }
}
