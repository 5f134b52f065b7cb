import { describe, expect, test } from 'vitest'
import type { SagemakerErrorCode } from '../index.ts'
import { errorFromAnything, errorFromException } from './to-error.ts'

const named = (name: string, message: string, members: object = {}): Error =>
  Object.assign(new Error(message), { name, ...members })
const system = (code: string, message = 'failed'): Error => Object.assign(new Error(message), { code })

const asText = (value: unknown): unknown => (value instanceof Error ? `${value.name}: ${value.message}` : value)

test.each<readonly [exception: unknown, code: SagemakerErrorCode, retryable: boolean]>([
  [system('ECONNREFUSED'), 'connection', true],
  [system('ENOTFOUND'), 'connection', true],
  [named('TimeoutError', 'read ECONNRESET', { code: 'ECONNRESET' }), 'connection', true],
  [named('TypeError', 'fetch failed', { cause: system('ECONNREFUSED') }), 'connection', true],
  [
    named('TypeError', 'fetch failed', { cause: named('AggregateError', '', { errors: [system('ECONNREFUSED')] }) }),
    'connection',
    true,
  ],
  [named('TypeError', 'terminated'), 'connection', true],
  [system('DEPTH_ZERO_SELF_SIGNED_CERT'), 'connection', false],
  [system('ERR_TLS_CERT_ALTNAME_INVALID'), 'connection', false],
  [system('ERR_INVALID_CHAR', 'Invalid character in header content'), 'invalid-request', false],
  [named('TypeError', 'x is not a function'), 'invalid-request', false],
  [named('TimeoutError', 'the request socket did not establish a connection with the server'), 'timeout', true],
  [named('TimeoutError', 'the request socket timed out after 5 ms of inactivity'), 'timeout', false],
  [
    named('TimeoutError', 'a request has exceeded the configured 5 ms requestTimeout.', { code: 'ETIMEDOUT' }),
    'timeout',
    false,
  ],
  [named('CredentialsProviderError', 'Could not load credentials from any providers'), 'credentials', false],
  [named('TokenProviderError', 'Token is expired'), 'credentials', false],
  [new Error('Region is missing'), 'invalid-request', false],
  ['just text', 'connection', true],
  [undefined, 'connection', true],
])('%o', (exception, code, retryable) => {
  const error = errorFromException(exception, { endpointName: 'it' })
  expect(error).toMatchObject({ code, retryable, endpointName: 'it' })
  expect(asText(error.cause)).toBe(asText(exception))
})

test('a request that never left this machine is not called refused', () => {
  const { message } = errorFromException(new Error('Region is missing'), { endpointName: 'it' })
  expect(message).toBe(
    'invalid-request: the request cannot be sent (endpoint it): "Region is missing: set region or AWS_REGION".',
  )
})

describe('exceptions of the service', () => {
  const thrown = named(
    'ModelError',
    'Received client error (400) from primary with message "bad: SECRET PROMPT TEXT". See x',
    {
      $fault: 'client',
      $metadata: { httpStatusCode: 424, requestId: 'id-1' },
      OriginalStatusCode: 400,
      OriginalMessage: 'bad: SECRET PROMPT TEXT',
      LogStreamArn: 'arn:x',
    },
  )

  test('are recognised by their members', () => {
    expect(errorFromException(thrown, { endpointName: 'it' })).toMatchObject({
      code: 'invalid-request',
      statusCode: 424,
      originalStatusCode: 400,
      requestId: 'id-1',
      logStreamArn: 'arn:x',
    })
  })

  test('are not kept as the cause, since they hold the prompt', () => {
    const error = errorFromException(thrown, { endpointName: 'it', request: '{"inputs":"SECRET PROMPT TEXT"}' })
    expect(error.cause).toBeUndefined()
    expect(error.message).toContain('bad: [request text]')
  })

  test('of a body that is not JSON do not quote it', () => {
    const syntax = named('SyntaxError', `Unexpected token '<', "<html>SECRET" is not valid JSON`, {
      $metadata: { httpStatusCode: 502 },
    })
    const error = errorFromException(syntax, { endpointName: 'it' })
    expect(error).toMatchObject({ code: 'service-unavailable', statusCode: 502 })
    expect(error.message + JSON.stringify(error)).not.toContain('SECRET')
  })
})

test('after output, a lost connection is an interruption and a time limit of the client is not', () => {
  const context = { endpointName: 'it', partial: { bytesReceived: 5 } }
  expect(errorFromAnything(system('ECONNRESET'), context).code).toBe('stream-interrupted')
  const limit = named('TimeoutError', 'the request socket timed out after 5 ms of inactivity')
  expect(errorFromAnything(limit, context)).toMatchObject({ code: 'timeout', partial: { bytesReceived: 5 } })
})
