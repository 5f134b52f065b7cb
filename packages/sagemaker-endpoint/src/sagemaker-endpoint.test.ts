import { containerError, json, part, scripted, stall, startLocalRuntime, stream } from '@x/sagemaker-local'
import { expect, test } from 'vitest'
import { SagemakerEndpoint, SagemakerError } from './index.ts'

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
const decoder = new TextDecoder()

test('invoke gives the whole answer', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: { echo: scripted((request) => json({ got: request.json() }, { customAttributes: 'x=1' })) },
  })
  const endpoint = new SagemakerEndpoint({
    endpointName: 'echo',
    region: 'us-east-1',
    endpoint: runtime.url,
    credentials,
  })
  const { body, metadata } = await endpoint.invoke(JSON.stringify({ inputs: 'hi' }))
  expect(JSON.parse(decoder.decode(body))).toEqual({ got: { inputs: 'hi' } })
  expect(metadata).toMatchObject({
    statusCode: 200,
    attempts: 1,
    contentType: 'application/json',
    customAttributes: 'x=1',
  })
  endpoint.close()
})

test('invokeStream gives the parts without their framing', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: { parts: scripted(() => stream([part('a'), part('b'), part('c')])) },
  })
  const endpoint = new SagemakerEndpoint({
    endpointName: 'parts',
    region: 'us-east-1',
    endpoint: runtime.url,
    credentials,
  })
  const parts: string[] = []
  for await (const bytes of endpoint.invokeStream('{}')) parts.push(decoder.decode(bytes))
  expect(parts).toEqual(['a', 'b', 'c'])
  endpoint.close()
})

test('a container error', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: {
      bad: scripted(() => containerError(422, { error: 'Input validation error: no', error_type: 'validation' })),
    },
  })
  const endpoint = new SagemakerEndpoint({
    endpointName: 'bad',
    region: 'us-east-1',
    endpoint: runtime.url,
    credentials,
  })
  const error = await endpoint.invoke('{}').catch((error: unknown) => error)
  expect(SagemakerError.is(error)).toBe(true)
  expect(error).toMatchObject({ code: 'invalid-request', statusCode: 424, originalStatusCode: 422 })
  endpoint.close()
})

test('a stream that is left closes its socket, and the next call works', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: { endless: scripted(() => stream([part('a'), part('b'), stall()])), whole: scripted(() => json({})) },
  })
  const connection = { region: 'us-east-1', endpoint: runtime.url, credentials }
  const endless = new SagemakerEndpoint({ endpointName: 'endless', ...connection })
  for await (const bytes of endless.invokeStream('{}')) if (decoder.decode(bytes) === 'b') break
  await runtime.waitForOpenSockets(0)
  const whole = new SagemakerEndpoint({ endpointName: 'whole', ...connection })
  expect((await whole.invoke('{}')).metadata.statusCode).toBe(200)
  endless.close()
  whole.close()
})
