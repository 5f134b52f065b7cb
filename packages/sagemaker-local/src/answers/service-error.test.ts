import { describe, expect, test } from 'vitest'
import {
  containerError,
  htmlError,
  rawResponse,
  scripted,
  serviceError,
  startLocalRuntime,
  type ServiceErrorName,
} from '../index.ts'
import { invokeError, streamWithSdk } from '../test-support/sdk-outcome.ts'

/** Status, and how often the bare SDK asks when it may ask three times. */
const errors: Record<ServiceErrorName, readonly [statusCode: number, hits: number]> = {
  ValidationError: [400, 1],
  ModelNotReadyException: [429, 3],
  ServiceUnavailable: [503, 3],
  InternalFailure: [500, 3],
  InternalDependencyException: [530, 1],
  ModelError: [424, 1],
  ModelStreamError: [400, 1],
  InternalStreamFailure: [500, 3],
  ThrottlingException: [400, 3],
  TooManyRequestsException: [429, 3],
  AccessDeniedException: [403, 1],
  ExpiredTokenException: [403, 1],
  UnrecognizedClientException: [403, 1],
  InvalidSignatureException: [403, 1],
  MissingAuthenticationTokenException: [403, 1],
  IncompleteSignatureException: [403, 1],
  UnknownOperationException: [404, 1],
}

test.each(Object.entries(errors))('the SDK sees %s as itself', async (name, [statusCode, hits]) => {
  const script = scripted(() =>
    serviceError(name as ServiceErrorName, { message: 'what it says', members: { ErrorCode: 'CODE' } }),
  )
  await using runtime = await startLocalRuntime({ endpoints: { e: script } })
  const error = await invokeError(runtime, {}, 3)
  expect(error).toMatchObject({
    name,
    message: 'what it says',
    $metadata: { httpStatusCode: statusCode, attempts: hits },
  })
  expect(error.$metadata?.requestId).toMatch(/^[\da-f-]{36}$/)
  expect(runtime.requests).toHaveLength(hits)
  const streamed = await streamWithSdk(script)
  expect(streamed).toMatchObject({ failedIn: 'send', hits, error: { name, message: 'what it says' } })
})

test('an error is JSON with its name in x-amzn-errortype, on the wire', async () => {
  await using runtime = await startLocalRuntime({ endpoints: {} })
  const response = await fetch(`${runtime.url}/endpoints/e/invocations`, { method: 'POST', body: '{}' })
  expect(response.status).toBe(400)
  expect(response.headers.get('x-amzn-errortype')).toBe('ValidationError')
  expect(response.headers.get('content-type')).toBe('application/json')
  expect(response.headers.get('x-amzn-requestid')).toMatch(/^[\da-f-]{36}$/)
  expect(await response.json()).toEqual({ Message: 'Endpoint e of account 123456789012 not found.' })
})

describe('ModelError', () => {
  test('quotes the container, its status, its log and the account', async () => {
    await using runtime = await startLocalRuntime({
      region: 'eu-west-1',
      accountId: '210987654321',
      endpoints: { e: scripted(() => containerError(503, { error: 'Model is overloaded', error_type: 'overloaded' })) },
    })
    const body = '{"error":"Model is overloaded","error_type":"overloaded"}'
    const logs = '/aws/sagemaker/Endpoints/e'
    expect(await invokeError(runtime)).toMatchObject({
      OriginalStatusCode: 503,
      OriginalMessage: body,
      LogStreamArn: `arn:aws:logs:eu-west-1:210987654321:log-group:${logs}`,
      message: `Received server error (503) from primary with message "${body}". See https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logEventViewer:group=${logs} in account 210987654321 for more information.`,
      $metadata: { httpStatusCode: 424 },
    })
  })

  test('a script that throws is a container that crashed', async () => {
    const endpoint = scripted(() => {
      throw new Error('index out of range')
    })
    await using runtime = await startLocalRuntime({ endpoints: { e: endpoint } })
    expect(await invokeError(runtime)).toMatchObject({
      name: 'ModelError',
      OriginalStatusCode: 500,
      OriginalMessage: 'index out of range',
    })
  })

  test('a script that throws before its body is complete is one, too', async () => {
    const endpoint = scripted(function* () {
      yield 'a'
      throw new Error('index out of range')
    })
    await using runtime = await startLocalRuntime({ endpoints: { e: endpoint } })
    expect(await invokeError(runtime)).toMatchObject({ name: 'ModelError', OriginalMessage: 'index out of range' })
  })

  test('a script that throws in mid-stream breaks its stream off', async () => {
    const outcome = await streamWithSdk(async function* () {
      yield 'a'
      throw new Error('index out of range')
    })
    expect(outcome).toMatchObject({
      parts: ['a'],
      error: {
        name: 'ModelStreamError',
        ErrorCode: 'StreamBroken',
        message: 'The container failed: index out of range',
      },
    })
  })
})

describe('responses that are not SageMaker’s', () => {
  test('an HTML page is a SyntaxError of the SDK', async () => {
    await using runtime = await startLocalRuntime({ endpoints: { e: scripted(() => htmlError(403)) } })
    expect(await invokeError(runtime)).toMatchObject({ name: 'SyntaxError', $metadata: { httpStatusCode: 403 } })
  })

  test('an empty body is UnknownError', async () => {
    await using runtime = await startLocalRuntime({ endpoints: { e: scripted(() => rawResponse(503)) } })
    expect(await invokeError(runtime)).toMatchObject({ message: 'UnknownError', $metadata: { httpStatusCode: 503 } })
  })
})
