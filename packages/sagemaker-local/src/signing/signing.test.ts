import {
  InvokeEndpointCommand,
  InvokeEndpointWithResponseStreamCommand,
  SageMakerRuntimeClient,
} from '@aws-sdk/client-sagemaker-runtime'
import { SignatureV4 } from '@smithy/signature-v4'
import { describe, expect, test } from 'vitest'
import {
  demoLanguageModel,
  json,
  scripted,
  startLocalRuntime,
  type LocalRuntime,
  type SignatureRequirement,
} from '../index.ts'
import type { SdkError } from '../test-support/sdk-outcome.ts'
import { Sha256 } from './signer.ts'

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
const model = scripted(() => json({ ok: true }))

const start = (requireSignature: SignatureRequirement = credentials): Promise<LocalRuntime> =>
  startLocalRuntime({
    endpoints: { 'e ~ü': { model, variants: ['green'] }, chat: demoLanguageModel({ format: 'openai' }) },
    requireSignature,
  })

const client = (runtime: LocalRuntime, options: object = {}): SageMakerRuntimeClient =>
  new SageMakerRuntimeClient({ endpoint: runtime.url, region: 'us-east-1', credentials, maxAttempts: 1, ...options })

describe('a signature of the SDK', () => {
  test('is accepted, whatever the body and the headers', async () => {
    await using runtime = await start()
    const input = { EndpointName: 'e ~ü', Body: 'grüße', CustomAttributes: 'a=  b', TargetVariant: 'green' }
    await client(runtime).send(new InvokeEndpointCommand(input))
    await client(runtime).send(new InvokeEndpointWithResponseStreamCommand({ ...input, Accept: 'text/x' }))
    await client(runtime).send(new InvokeEndpointCommand({ EndpointName: 'e ~ü', Body: '' }))
    expect(runtime.requests.map(({ outcome }) => outcome)).toEqual(['finished', 'finished', 'finished'])
  })

  test('with a session token is accepted', async () => {
    const withToken = { ...credentials, sessionToken: 'token' }
    await using runtime = await start(withToken)
    const output = await client(runtime, { credentials: withToken }).send(
      new InvokeEndpointCommand({ EndpointName: 'e ~ü', Body: '{}' }),
    )
    expect(output.$metadata.httpStatusCode).toBe(200)
  })

  test('that leaves the hash of the body out, as those of curl and of boto3, is accepted', async () => {
    await using runtime = await start()
    const signer = new SignatureV4({
      credentials,
      region: 'us-east-1',
      service: 'sagemaker',
      sha256: Sha256,
      applyChecksum: false,
    })
    const { host, hostname } = new URL(runtime.url)
    const path = '/endpoints/chat/invocations'
    const body = JSON.stringify({ messages: [{ role: 'user', content: 'Tell me a joke' }], max_tokens: 5 })
    const { headers } = await signer.sign({
      method: 'POST',
      protocol: 'http:',
      hostname,
      path,
      query: {},
      headers: { host, 'content-type': 'application/json' },
      body,
    })
    expect(Object.keys(headers)).not.toContain('x-amz-content-sha256')
    const call = (sent: string) => fetch(runtime.url + path, { method: 'POST', headers, body: sent })
    expect((await call(body)).status).toBe(200)
    expect((await call(body.replace('joke', 'lie'))).status).toBe(403)
  })

  const refusals: readonly [string, object, string][] = [
    ['with another secret', { credentials: { ...credentials, secretAccessKey: 'other' } }, 'InvalidSignatureException'],
    ['with another key', { credentials: { ...credentials, accessKeyId: 'OTHER' } }, 'UnrecognizedClientException'],
    [
      'with a session token too many',
      { credentials: { ...credentials, sessionToken: 'x' } },
      'UnrecognizedClientException',
    ],
    ['for another region', { region: 'eu-west-1' }, 'InvalidSignatureException'],
    ['from long ago', { systemClockOffset: -3_600_000 }, 'InvalidSignatureException'],
  ]
  test.each(refusals)('%s is refused', async (_, options, name) => {
    await using runtime = await start()
    const error: unknown = await client(runtime, options)
      .send(new InvokeEndpointCommand({ EndpointName: 'e ~ü', Body: '{}' }))
      .catch((error: unknown) => error)
    expect(error).toMatchObject({ name, $metadata: { httpStatusCode: 403 } } satisfies Partial<SdkError>)
  })
})

/** Changes the request after it was signed, as something between client and service might. */
async function tampered(
  runtime: LocalRuntime,
  tamper: (request: { headers: Record<string, string>; body: unknown }) => void,
) {
  const changed = client(runtime)
  changed.middlewareStack.add(
    (next) => (args) => {
      tamper(args.request as { headers: Record<string, string>; body: unknown })
      return next(args)
    },
    { step: 'finalizeRequest', priority: 'low', name: 'tamper' },
  )
  const error: unknown = await changed
    .send(new InvokeEndpointCommand({ EndpointName: 'e ~ü', Body: '{"a":1}' }))
    .catch((error: unknown) => error)
  return error
}

describe('a request that is not what was signed', () => {
  test('a changed body', async () => {
    await using runtime = await start()
    const error = await tampered(runtime, (request) => {
      request.body = '{"a":2}'
    })
    expect(error).toMatchObject({ name: 'InvalidSignatureException' })
  })

  test('a routing header that was added', async () => {
    await using runtime = await start()
    const error = await tampered(runtime, ({ headers }) => {
      headers['x-amzn-sagemaker-target-variant'] = 'green'
    })
    expect(error).toMatchObject({
      name: 'InvalidSignatureException',
      message: 'There were headers present in the request which were not signed: x-amzn-sagemaker-target-variant',
    })
  })

  test('no signature, or half a one', async () => {
    await using runtime = await start()
    const without = await tampered(runtime, ({ headers }) => {
      delete headers['authorization']
    })
    expect(without).toMatchObject({ name: 'MissingAuthenticationTokenException' })
    const half = await tampered(runtime, ({ headers }) => {
      headers['authorization'] = headers['authorization']!.replace(/, Signature=.*/, '')
    })
    expect(half).toMatchObject({ name: 'IncompleteSignatureException' })
  })
})

describe('the OpenAI-compatible path', () => {
  const path = '/endpoints/chat/openai/v1/chat/completions'
  const body = JSON.stringify({ messages: [{ role: 'user', content: 'Tell me a joke' }], max_tokens: 5 })

  const call = (runtime: LocalRuntime, authorization?: string) =>
    fetch(runtime.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) },
      body,
    })

  async function bearerToken({
    secretAccessKey = credentials.secretAccessKey,
    signingDate = new Date(),
    expiresIn = 900,
  } = {}) {
    const signer = new SignatureV4({
      credentials: { ...credentials, secretAccessKey },
      region: 'us-east-1',
      service: 'sagemaker',
      sha256: Sha256,
    })
    const { query } = await signer.presign(
      {
        method: 'POST',
        protocol: 'https:',
        hostname: 'sagemaker.amazonaws.com',
        path: '/',
        query: { Action: 'CallWithBearerToken' },
        headers: { host: 'sagemaker.amazonaws.com' },
      },
      { signingDate, expiresIn },
    )
    const url = `sagemaker.amazonaws.com/?${new URLSearchParams(query as Record<string, string>)}&Version=1`
    return `Bearer sagemaker-api-key-${Buffer.from(url).toString('base64')}`
  }

  test('takes a bearer token', async () => {
    await using runtime = await start()
    const response = await call(runtime, await bearerToken())
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ object: 'chat.completion', usage: { completion_tokens: 5 } })
  })

  test('takes anything when signatures do not matter', async () => {
    await using runtime = await startLocalRuntime({ endpoints: { chat: demoLanguageModel({ format: 'openai' }) } })
    expect((await call(runtime)).status).toBe(200)
  })

  test.each([
    ['no token', () => undefined, 'MissingAuthenticationTokenException'],
    ['another kind of token', () => 'Bearer sk-123', 'AccessDeniedException'],
    [
      'an ordinary signature',
      () => 'AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=c',
      'AccessDeniedException',
    ],
    ['a token of another secret', () => bearerToken({ secretAccessKey: 'other' }), 'UnrecognizedClientException'],
    ['an expired token', () => bearerToken({ signingDate: new Date(Date.now() - 1000_000) }), 'ExpiredTokenException'],
    ['a token for too long', () => bearerToken({ expiresIn: 50_000 }), 'AccessDeniedException'],
    ['a token of nothing', () => 'Bearer sagemaker-api-key-AAAA', 'AccessDeniedException'],
  ])('refuses %s', async (_, authorization, name) => {
    await using runtime = await start()
    const response = await call(runtime, await authorization())
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([403, name])
  })
})
