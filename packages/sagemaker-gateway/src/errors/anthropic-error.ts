import type { ClientError } from './client-error.ts'

const types: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  405: 'invalid_request_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  503: 'overloaded_error',
  504: 'timeout_error',
}

/**
 * An error in Anthropic's shape.
 *
 * Source: docs.anthropic.com/en/api/errors.
 */
export function anthropicError({ status, message }: ClientError): object {
  return { type: 'error', error: { type: types[status] ?? 'api_error', message } }
}
