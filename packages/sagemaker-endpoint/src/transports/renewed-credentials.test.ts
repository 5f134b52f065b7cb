import { scripted, serviceError, startLocalRuntime } from '@x/sagemaker-local'
import { expect, test } from 'vitest'
import type { AwsCredentials, SagemakerEndpointOptions } from '../index.ts'
import { failureOf, localEndpoint } from '../test-support/local-endpoint.ts'

const identity = (name: string): AwsCredentials => ({
  accessKeyId: `ASIA${name.padEnd(16, 'X')}`,
  secretAccessKey: 'secret',
  sessionToken: `token-of-${name}`,
})

/** Refuses the first identity, as AWS does when a session ends earlier than its holder knows. */
async function startServer(): Promise<Awaited<ReturnType<typeof startLocalRuntime>>> {
  return startLocalRuntime({
    endpoints: {
      it: scripted((request) => (isOld(request.headers) ? serviceError('ExpiredTokenException') : '{"ok":true}')),
    },
  })
}

function isOld(headers: Readonly<Record<string, unknown>>): boolean {
  const authorization = String(headers['authorization'])
  const bearer = /sagemaker-api-key-(\S+)/.exec(authorization)?.[1]
  const signed = bearer === undefined ? authorization : Buffer.from(bearer, 'base64').toString()
  return signed.includes('ASIAOLD')
}

test.each<Partial<SagemakerEndpointOptions>>([{ transport: 'invoke' }, { transport: 'openai' }])(
  'credentials that ended before their time are asked for once more: %j',
  async (options) => {
    await using runtime = await startServer()
    let asked = 0
    const credentials = (): Promise<AwsCredentials> => Promise.resolve(identity(asked++ === 0 ? 'OLD' : 'NEW'))
    const endpoint = localEndpoint(runtime, 'it', { ...options, credentials, retry: { maxAttempts: 1 } })
    const { metadata } = await endpoint.invoke('{}')
    expect(metadata.attempts).toBe(2)
    await endpoint.invoke('{}')
    expect(asked).toBe(2)
    expect(runtime.requests).toHaveLength(3)
  },
)

test('credentials that stay the same are not tried again', async () => {
  await using runtime = await startServer()
  const error = await failureOf(localEndpoint(runtime, 'it', { credentials: identity('OLD') }).invoke('{}'))
  expect(error).toMatchObject({ code: 'credentials', attempts: [{ code: 'credentials' }] })
})

test('a provider that gives other credentials, refused as well, is asked once more and no more', async () => {
  await using runtime = await startServer()
  let asked = 0
  const credentials = (): Promise<AwsCredentials> => Promise.resolve(identity(`OLD${asked++}`))
  const error = await failureOf(localEndpoint(runtime, 'it', { credentials }).invoke('{}'))
  expect(error.attempts).toHaveLength(2)
  expect(asked).toBe(2)
})

test('a provider that fails the second time leaves the refusal as the error', async () => {
  await using runtime = await startServer()
  let asked = 0
  const credentials = (): Promise<AwsCredentials> =>
    asked++ === 0 ? Promise.resolve(identity('OLD')) : Promise.reject(new Error('the sign-in has ended'))
  const error = await failureOf(localEndpoint(runtime, 'it', { credentials }).invoke('{}'))
  expect(error).toMatchObject({ code: 'credentials', statusCode: 403 })
})
