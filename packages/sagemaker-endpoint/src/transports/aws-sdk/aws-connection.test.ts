import { SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { AwsConnection } from './aws-connection.ts'

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('the address', () => {
  test.each([
    [{ region: 'eu-west-1' }, 'https://runtime.sagemaker.eu-west-1.amazonaws.com'],
    [{ region: 'cn-north-1' }, 'https://runtime.sagemaker.cn-north-1.amazonaws.com.cn'],
    [
      { region: 'us-east-1', clientOptions: { useFipsEndpoint: true } },
      'https://runtime-fips.sagemaker.us-east-1.amazonaws.com',
    ],
    [{ region: 'us-east-1', endpoint: 'http://127.0.0.1:8080/' }, 'http://127.0.0.1:8080'],
  ])('of %j', async (options, url) => {
    expect(await new AwsConnection({ credentials, ...options }).baseUrl()).toBe(url)
  })

  test('of the environment, with a path', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME', 'http://127.0.0.1:9999/runtime')
    const connection = new AwsConnection({ region: 'us-east-1', credentials })
    expect(await connection.baseUrl()).toBe('http://127.0.0.1:9999/runtime')
  })

  test('of a client that was passed in', async () => {
    const client = new SageMakerRuntimeClient({ region: 'us-west-2', credentials })
    const connection = new AwsConnection({ client })
    expect(await connection.baseUrl()).toBe('https://runtime.sagemaker.us-west-2.amazonaws.com')
    expect(await connection.region()).toBe('us-west-2')
    expect(await connection.credentials()).toMatchObject(credentials)
  })

  test('of a fake is unknown', async () => {
    const connection = new AwsConnection({ client: { send: () => Promise.resolve({}) } })
    await expect(connection.baseUrl()).rejects.toMatchObject({ code: 'invalid-request' })
    await expect(connection.region()).rejects.toMatchObject({ code: 'invalid-request' })
  })
})

test('region and credentials come from the environment where they are not given', async () => {
  vi.stubEnv('AWS_REGION', 'ap-south-1')
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDFROMENV')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
  const connection = new AwsConnection({})
  expect(await connection.region()).toBe('ap-south-1')
  expect(await connection.credentials()).toMatchObject({ accessKeyId: 'AKIDFROMENV' })
})
