import { SageMakerClient } from '@aws-sdk/client-sagemaker'
import { expect, test } from 'vitest'
import { listEndpoints, SagemakerError, type ListedEndpoint } from './index.ts'
import { accessDenied, fakeControlPlane } from './test-support/fake-control-plane.ts'

const many = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`endpoint-${index}`, {}]))

test('all pages are listed, each when it is needed', async () => {
  await using service = await fakeControlPlane(many)
  const all: ListedEndpoint[] = []
  const requestsAt: number[] = []
  for await (const endpoint of listEndpoints({ endpoint: service.url })) {
    all.push(endpoint)
    requestsAt.push(service.requests.length)
  }
  expect([99, 100, 199, 200].map((index) => requestsAt[index])).toEqual([1, 2, 2, 3])
  expect(all.map(({ name }) => name)).toEqual(Object.keys(many))
  expect(all[0]).toEqual({
    name: 'endpoint-0',
    arn: 'arn:aws:sagemaker:us-east-1:123456789012:endpoint/endpoint-0',
    status: 'InService',
    createdAt: new Date(1_790_000_000_123),
    lastModifiedAt: new Date(1_790_000_060_123),
  })
  expect(service.requests).toHaveLength(3)
})

test('leaving the loop reads no more', async () => {
  await using service = await fakeControlPlane(many)
  for await (const { name } of listEndpoints({ endpoint: service.url })) if (name === 'endpoint-20') break
  expect(service.requests).toHaveLength(1)
})

test('filters are those of the service', async () => {
  await using service = await fakeControlPlane(many)
  const options = { endpoint: service.url, nameContains: '-24', status: 'InService' }
  const names: string[] = []
  for await (const { name } of listEndpoints(options)) names.push(name)
  expect(names).toHaveLength(11)
  expect(service.requests[0]?.body).toEqual({ MaxResults: 100, NameContains: '-24', StatusEquals: 'InService' })
})

test('a refusal names the action', async () => {
  await using service = await fakeControlPlane({})
  service.refuse('ListEndpoints', accessDenied('ListEndpoints'))
  const error: unknown = await listEndpoints({ endpoint: service.url })
    .next()
    .catch((thrown: unknown) => thrown)
  expect(SagemakerError.is(error)).toBe(true)
  expect(error).toMatchObject({ code: 'access-denied', action: 'sagemaker:ListEndpoints' })
})

test('a client that was passed in is used and stays open', async () => {
  await using service = await fakeControlPlane({ one: {} })
  const client = new SageMakerClient({
    endpoint: service.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'mine', secretAccessKey: 'secret' },
  })
  for (let round = 0; round < 2; round++) {
    const names: string[] = []
    for await (const { name } of listEndpoints({ client })) names.push(name)
    expect(names).toEqual(['one'])
  }
  expect(service.requests[1]?.headers.authorization).toContain('Credential=mine/')
  client.destroy()
})
