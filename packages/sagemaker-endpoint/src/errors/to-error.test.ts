import { describe, expect, test } from 'vitest'
import { errorFromContainer, parseContainerError, type SagemakerErrorCode } from '../index.ts'
import type { ServiceFailure } from './service-failure.ts'
import { errorFromFailure } from './to-error.ts'

const codeOf = (failure: Partial<ServiceFailure>): SagemakerErrorCode =>
  errorFromFailure({ name: '', message: '', ...failure }, { endpointName: 'it' }).code

const container = (status: number, message: string): Partial<ServiceFailure> => ({
  name: 'ModelError',
  statusCode: 424,
  originalStatusCode: status,
  originalMessage: message,
  message: `Received ${status < 500 ? 'client' : 'server'} error (${status}) from primary with message "${message}". See https://… for more information.`,
})

const rows: readonly (readonly [code: SagemakerErrorCode, failure: Partial<ServiceFailure>])[] = [
  ['timeout', container(0, 'Your invocation timed out while waiting for a response from container model.')],
  [
    'timeout',
    {
      ...container(0, ''),
      message: 'Received server error (0) from model with message "Your invocation timed out". See x',
    },
  ],
  ['timeout', container(500, 'upstream timed out')],
  ['timeout', { name: 'ModelStreamError', streamErrorCode: 'ModelInvocationTimeExceeded' }],
  [
    'context-length-exceeded',
    container(400, '{"error":{"message":"This model\'s maximum context length is 1 tokens"}}'),
  ],
  ['context-length-exceeded', container(500, "the prompt is longer than the model's context length")],
  [
    'eula-not-accepted',
    container(424, '{"code":424,"message":"invoke handler failure","error":"pass accept_eula=true"}'),
  ],
  ['eula-not-accepted', { statusCode: 400, message: 'set accept_eula=true' }],
  [
    'context-length-exceeded',
    { statusCode: 400, name: 'ValidationError', message: "This model's maximum context length is 1 tokens" },
  ],
  ['timeout', { name: 'ModelStreamError', message: 'the model timed out' }],
  [
    'context-length-exceeded',
    { name: 'ModelStreamError', message: "longer than the model's context length", streamErrorCode: 'StreamBroken' },
  ],
  ['eula-not-accepted', { name: 'ModelStreamError', message: 'set accept_eula=true' }],
  ['credentials', { statusCode: 403, name: 'ExpiredTokenException' }],
  ['credentials', { statusCode: 400, name: 'ExpiredToken' }],
  ['credentials', { statusCode: 403, name: 'UnrecognizedClientException' }],
  ['credentials', { statusCode: 403, name: 'InvalidSignatureException' }],
  ['access-denied', { statusCode: 403 }],
  ['access-denied', { statusCode: 401 }],
  ['access-denied', { statusCode: 400, name: 'AccessDeniedException' }],
  ['endpoint-not-found', { statusCode: 400, name: 'ValidationError', message: 'Endpoint x of account 1 not found.' }],
  ['endpoint-not-found', { statusCode: 400, name: 'ValidationError', message: 'Could not find variant.' }],
  ['endpoint-not-found', { statusCode: 404 }],
  ['model-not-ready', { statusCode: 429, name: 'ModelNotReadyException' }],
  ['model-not-ready', { statusCode: 400, name: 'ValidationError', message: 'Inference component x has no capacity' }],
  ['throttled', { statusCode: 429 }],
  ['throttled', { statusCode: 400, name: 'ThrottlingException' }],
  ['throttled', { statusCode: 503, name: 'SlowDown' }],
  ['throttled', container(429, '{"error":"Model is overloaded","error_type":"overloaded"}')],
  ['payload-too-large', { statusCode: 413 }],
  [
    'payload-too-large',
    { statusCode: 400, name: 'ValidationError', message: 'HTTP content length exceeded 5246976 bytes.' },
  ],
  ['payload-too-large', container(413, 'length limit exceeded')],
  [
    'payload-too-large',
    container(422, '{"error":"batch size 33 > maximum allowed batch size 32","error_type":"Validation"}'),
  ],
  ['invalid-request', { statusCode: 400, name: 'ValidationError' }],
  ['invalid-request', { statusCode: 405 }],
  ['invalid-request', container(400, 'x')],
  ['invalid-request', container(404, 'x')],
  ['invalid-request', container(415, 'x')],
  ['invalid-request', container(422, 'x')],
  [
    'invalid-request',
    container(500, `{"code":500,"error":"error=ErrorInfo(message='x', type='T', param=None, code=400)"}`),
  ],
  ['invalid-request', { name: 'ValidationException' }],
  ['service-unavailable', { statusCode: 500 }],
  ['service-unavailable', { statusCode: 502 }],
  ['service-unavailable', { statusCode: 503 }],
  ['service-unavailable', { statusCode: 504 }],
  ['service-unavailable', { statusCode: 530, name: 'InternalDependencyException' }],
  ['service-unavailable', { name: 'InternalStreamFailure' }],
  ['service-unavailable', { name: 'ServiceUnavailable' }],
  ['service-unavailable', container(503, 'x')],
  ['service-unavailable', container(503, '{"error":"x","error_type":"Unhealthy"}')],
  ['model-error', container(500, 'CUDA error')],
  ['model-error', container(502, 'x')],
  ['model-error', container(507, 'out of memory')],
  ['model-error', container(401, 'x')],
  ['model-error', container(424, '{"code":424,"error":"x"}')],
  ['model-error', { name: 'ModelError', statusCode: 424 }],
  ['model-error', { name: 'ModelStreamError' }],
  ['model-error', { name: 'SomethingNew' }],
  ['stream-interrupted', { name: 'ModelStreamError', streamErrorCode: 'StreamBroken' }],
  ['unexpected-response', { statusCode: 302 }],
]

test.each(rows)('%s: %j', (code, failure) => {
  expect(codeOf(failure)).toBe(code)
})

describe('the container’s own words', () => {
  test('are taken from OriginalMessage, or from SageMaker’s quotation of them', () => {
    const whole = container(422, '{"error":"bad temperature","error_type":"validation"}')
    const { originalMessage: _, originalStatusCode: __, ...quotedOnly } = whole
    for (const failure of [whole, quotedOnly]) {
      const error = errorFromFailure({ name: '', message: '', ...failure }, { endpointName: 'it' })
      expect(error).toMatchObject({ code: 'invalid-request', statusCode: 424, originalStatusCode: 422 })
      expect(error.message).toBe(
        'invalid-request: the request was refused (endpoint it, HTTP 424, container status 422): "bad temperature".',
      )
      expect(error.originalMessage).toBe('{"error":"bad temperature","error_type":"validation"}')
    }
  })

  test('are there without the prompt, and say what to do', () => {
    const request = JSON.stringify({ inputs: 'the patient is called Ada Lovelace' })
    const failure = {
      name: 'ModelError',
      message: '',
      ...container(429, `{"error":"busy with: the patient is called Ada Lovelace"}`),
    }
    const error = errorFromFailure(failure, { endpointName: 'it', request })
    expect(error.message).toBe(
      'throttled: too many requests (endpoint it, HTTP 424, container status 429): "busy with: [request text]". Send fewer requests at once (maxConcurrency) or add instances.',
    )
  })
})

describe('errors within an answer', () => {
  test.each<readonly [unknown, SagemakerErrorCode]>([
    [{ error: 'Model is overloaded', error_type: 'overloaded' }, 'throttled'],
    [{ error: { message: 'x', code: 503 } }, 'throttled'],
    [{ error: { message: 'x', code: 400 } }, 'invalid-request'],
    [{ error: { message: 'x', code: 404 } }, 'invalid-request'],
    [{ error: 'x', error_type: 'validation' }, 'invalid-request'],
    [{ error: { message: "This model's maximum context length is 1 tokens" } }, 'context-length-exceeded'],
    [{ error: 'accept_eula=true is needed' }, 'eula-not-accepted'],
    [{ error: 'batch size 33 > maximum allowed batch size 32' }, 'payload-too-large'],
    [{ error: { message: 'timed out', code: 500 } }, 'timeout'],
    [{ error: { message: 'x', code: 500 } }, 'model-error'],
    [{ error: 'x', error_type: 'generation' }, 'model-error'],
  ])('%j is %s', (value, code) => {
    const context = { endpointName: 'it', requestId: 'id-1', index: 3, partial: { text: 'so far', bytesReceived: 6 } }
    const error = errorFromContainer(parseContainerError(value)!, context)
    expect(error).toMatchObject({ code, endpointName: 'it', requestId: 'id-1', index: 3 })
    expect(error.partial).toEqual({ text: 'so far', bytesReceived: 6 })
    expect(error.originalMessage).toBeDefined()
  })
})

test('a wrong clock is retryable: the SDK has learnt the right time from the response', () => {
  const skewed = {
    name: 'InvalidSignatureException',
    statusCode: 403,
    message: 'Signature expired: 20300101T000000Z is now earlier than …',
  }
  expect(errorFromFailure(skewed, { endpointName: 'it' })).toMatchObject({ code: 'credentials', retryable: true })
  const wrongKey = { ...skewed, message: 'The request signature we calculated does not match.' }
  expect(errorFromFailure(wrongKey, { endpointName: 'it' })).toMatchObject({ code: 'credentials', retryable: false })
})
