import {
  InvokeEndpointCommand,
  InvokeEndpointWithResponseStreamCommand,
  type InvokeEndpointCommandInput,
} from '@aws-sdk/client-sagemaker-runtime'
import { describe, expect, test } from 'vitest'
import { json, scripted, startLocalRuntime, type EndpointOptions } from '../index.ts'
import { sdkClient } from '../test-support/sdk-client.ts'
import { invokeError } from '../test-support/sdk-outcome.ts'

const model = scripted(() => json({ ok: true }, { customAttributes: 'from=container' }))
const everything: EndpointOptions = {
  model,
  variants: ['blue', 'green'],
  targetModels: ['a.tar.gz'],
  containers: ['second'],
  inferenceComponents: ['adapter'],
}
const routing = {
  TargetVariant: 'green',
  TargetContainerHostname: 'second',
  InferenceId: 'id-1',
  InferenceComponentName: 'adapter',
  SessionId: 'session-1',
  PrefixAwareId: 'prefix-1',
  CustomAttributes: 'to=container',
  ContentType: 'text/csv',
  Accept: 'text/x',
}

test('every option of InvokeEndpoint arrives, and its answers come back', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { 'e ü': everything } })
  const output = await sdkClient(runtime).send(
    new InvokeEndpointCommand({
      EndpointName: 'e ü',
      Body: 'x',
      ...routing,
      TargetModel: 'a.tar.gz',
      EnableExplanations: '`true`',
    }),
  )
  expect(output).toMatchObject({ InvokedProductionVariant: 'green', CustomAttributes: 'from=container' })
  const [request] = runtime.requests
  expect(request).toMatchObject({
    method: 'POST',
    path: '/endpoints/e%20%C3%BC/invocations',
    operation: 'invoke',
    endpointName: 'e ü',
    text: 'x',
    contentType: 'text/csv',
    accept: 'text/x',
    targetModel: 'a.tar.gz',
    targetVariant: 'green',
    targetContainerHostname: 'second',
    inferenceId: 'id-1',
    inferenceComponentName: 'adapter',
    sessionId: 'session-1',
    prefixAwareId: 'prefix-1',
    customAttributes: 'to=container',
    outcome: 'finished',
  })
  expect(request?.headers['x-amzn-sagemaker-enable-explanations']).toBe('`true`')
})

test('every option of InvokeEndpointWithResponseStream arrives, Accept in its own header', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { e: { ...everything, targetModels: undefined } } })
  const output = await sdkClient(runtime).send(
    new InvokeEndpointWithResponseStreamCommand({ EndpointName: 'e', Body: 'x', ...routing }),
  )
  expect(output).toMatchObject({
    ContentType: 'application/json',
    InvokedProductionVariant: 'green',
    CustomAttributes: 'from=container',
  })
  expect(runtime.requests[0]).toMatchObject({
    operation: 'stream',
    accept: 'text/x',
    inferenceComponentName: 'adapter',
    targetVariant: 'green',
    sessionId: 'session-1',
    prefixAwareId: 'prefix-1',
  })
})

describe('refuses', () => {
  const cases: readonly [string, EndpointOptions, Partial<InvokeEndpointCommandInput>, RegExp, string][] = [
    [
      'a target model without models',
      { model },
      { TargetModel: 'x' },
      /is not a multi-model endpoint and does not support target model header\.$/,
      'TARGET_MODEL_HEADER_NOT_SUPPORTED',
    ],
    [
      'no target model',
      { model, targetModels: ['a'] },
      {},
      /requires the target model header/,
      'TARGET_MODEL_HEADER_MISSING',
    ],
    [
      'an unknown target model',
      { model, targetModels: ['a'] },
      { TargetModel: 'b' },
      /Target model b/,
      'TARGET_MODEL_NOT_FOUND',
    ],
    ['an unknown variant', { model }, { TargetVariant: 'blue' }, /Variant blue/, 'TARGET_VARIANT_NOT_FOUND'],
    [
      'a container name without containers',
      { model },
      { TargetContainerHostname: 'x' },
      /direct invocation/,
      'TARGET_CONTAINER_HOSTNAME_NOT_SUPPORTED',
    ],
    [
      'an unknown container',
      { model, containers: ['a'] },
      { TargetContainerHostname: 'b' },
      /Container b/,
      'TARGET_CONTAINER_NOT_FOUND',
    ],
    [
      'a component name without components',
      { model },
      { InferenceComponentName: 'x' },
      /^Inference Component Name header is not allowed/,
      'INFERENCE_COMPONENT_NAME_NOT_ALLOWED',
    ],
    [
      'no component name',
      { model, inferenceComponents: ['a'] },
      {},
      /^Inference Component Name header is required/,
      'INFERENCE_COMPONENT_NAME_MISSING',
    ],
    [
      'an unknown component',
      { model, inferenceComponents: ['a'] },
      { InferenceComponentName: 'b' },
      /Inference Component b/,
      'INFERENCE_COMPONENT_NOT_FOUND',
    ],
    [
      'long custom attributes',
      { model },
      { CustomAttributes: 'x'.repeat(1025) },
      /at most 1024/,
      'INVALID_CUSTOM_ATTRIBUTES',
    ],
    [
      'custom attributes that are not visible ASCII',
      { model },
      { CustomAttributes: 'ü' },
      /US-ASCII/,
      'INVALID_CUSTOM_ATTRIBUTES',
    ],
  ]
  test.each(cases)('%s', async (_, options, input, message, code) => {
    await using runtime = await startLocalRuntime({ endpoints: { e: options } })
    expect(await invokeError(runtime, input)).toMatchObject({
      name: 'ValidationError',
      message: expect.stringMatching(message),
      ErrorCode: code,
      $metadata: { httpStatusCode: 400 },
    })
  })
})

test('paths that are not SageMaker’s are unknown operations', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { e: model } })
  for (const [method, path] of [
    ['POST', '/endpoints/e/other'],
    ['GET', '/endpoints/e/invocations'],
    ['GET', '/favicon.ico'],
  ]) {
    const response = await fetch(`${runtime.url}${path}`, { method: method! })
    expect([path, response.status, response.headers.get('x-amzn-errortype')]).toEqual([
      path,
      404,
      'UnknownOperationException',
    ])
  }
})
