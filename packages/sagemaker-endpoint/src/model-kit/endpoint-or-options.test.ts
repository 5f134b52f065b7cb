import { json, scripted, startLocalRuntime } from '@x/sagemaker-local'
import { expect, test } from 'vitest'
import { SagemakerEndpoint } from '../sagemaker-endpoint.ts'
import { type EndpointOrOptions, modelEndpoint } from './endpoint-or-options.ts'

interface ReaderOptions {
  readonly temperature?: number | undefined
  readonly modelName?: string | undefined
}
const names = { temperature: true, modelName: true } as const
const resolve = (options: ReaderOptions & EndpointOrOptions) => modelEndpoint<ReaderOptions>(options, names)

test('options of the model and of the endpoint are separated, and the endpoint is built with its own', () => {
  const { endpoint, options, endpointOptions } = resolve({
    endpointName: 'my-llama',
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:8080',
    temperature: 0,
  })
  expect(endpoint.endpointName).toBe('my-llama')
  expect(options).toEqual({ temperature: 0 })
  expect(endpointOptions).toEqual({ endpointName: 'my-llama', region: 'us-east-1', endpoint: 'http://127.0.0.1:8080' })
})

test('an endpoint that was passed in is used, and stays open', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { it: scripted(() => json({ ok: true })) } })
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
  const connection = { endpointName: 'it', region: 'us-east-1', endpoint: runtime.url, credentials }
  const shared = new SagemakerEndpoint(connection)
  const existing = resolve({ endpoint: shared, modelName: 'a', region: undefined })
  expect(existing).toMatchObject({ endpoint: shared, options: { modelName: 'a' }, endpointOptions: {} })
  existing.close()
  expect((await shared.invoke('{}')).metadata.statusCode).toBe(200)
  shared.close()

  const built = resolve(connection)
  expect((await built.endpoint.invoke('{}')).metadata.statusCode).toBe(200)
  built.close()
  await expect(built.endpoint.invoke('{}')).rejects.toMatchObject({ code: 'aborted' })
})

test('options beside an endpoint are refused by name, as they would have no effect', () => {
  const endpoint = new SagemakerEndpoint({ endpointName: 'it', region: 'us-east-1' })
  expect(() => resolve({ endpoint, region: 'eu-central-1', timeouts: {} } as never)).toThrow(
    expect.objectContaining({
      code: 'invalid-request',
      message: expect.stringContaining('region, timeouts: an endpoint was passed in') as unknown,
    }),
  )
})
