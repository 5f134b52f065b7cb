import { createHash, createHmac } from 'node:crypto'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createBearerToken, SagemakerError } from '../../index.ts'
import { AwsConnection } from '../aws-sdk/aws-connection.ts'
import { BearerTokenCache, type BearerTokenClaims, signBearerToken } from './bearer-token.ts'

const claims: BearerTokenClaims = {
  region: 'eu-west-1',
  credentials: {
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    sessionToken: 'to/ken+with=signs',
  },
  expiresInSeconds: 300,
  now: new Date('2030-01-02T03:04:05.678Z'),
}

/** Query signing by the book, written a second time. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
function expectedQuery({ region, credentials, expiresInSeconds, now }: BearerTokenClaims): URLSearchParams {
  const time = now.toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const date = time.slice(0, 8)
  const scope = `${date}/${region}/sagemaker/aws4_request`
  const query = new URLSearchParams({
    Action: 'CallWithBearerToken',
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${credentials.accessKeyId}/${scope}`,
    'X-Amz-Date': time,
    'X-Amz-Expires': String(expiresInSeconds),
    ...(credentials.sessionToken !== undefined && { 'X-Amz-Security-Token': credentials.sessionToken }),
    'X-Amz-SignedHeaders': 'host',
  })
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
  const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()
  const canonicalQuery = [...query]
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .toSorted()
    .join('&')
  const canonical = ['POST', '/', canonicalQuery, 'host:sagemaker.amazonaws.com', '', 'host', sha256('')].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')
  const key = [date, region, 'sagemaker', 'aws4_request'].reduce<string | Buffer>(
    hmac,
    `AWS4${credentials.secretAccessKey}`,
  )
  query.set('X-Amz-Signature', hmac(key, toSign).toString('hex'))
  query.set('Version', '1')
  return query
}

function decode(token: string): string {
  expect(token).toMatch(/^sagemaker-api-key-[\w+/]+=*$/)
  return atob(token.slice('sagemaker-api-key-'.length))
}

describe('signBearerToken', () => {
  test.each([
    ['with a session token', claims],
    ['with a long-term key', { ...claims, credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret' } }],
    ['in another region', { ...claims, region: 'us-east-1', expiresInSeconds: 43_200 }],
  ])('%s is a presigned request for CallWithBearerToken', async (_, given) => {
    const presigned = decode(await signBearerToken(given))
    expect(presigned).toMatch(/^sagemaker\.amazonaws\.com\/\?.*&Version=1$/)
    const { searchParams } = new URL(`https://${presigned}`)
    expect(Object.fromEntries(searchParams)).toEqual(Object.fromEntries(expectedQuery(given)))
  })

  test.each([0, -1, 43_201, Number.NaN])('refuses a life of %d seconds', async (expiresInSeconds) => {
    await expect(signBearerToken({ ...claims, expiresInSeconds })).rejects.toMatchObject({ code: 'invalid-request' })
  })
})

describe('BearerTokenCache', () => {
  function cacheAt(clock: { now: number }, expiration?: Date): BearerTokenCache {
    const { accessKeyId, secretAccessKey } = claims.credentials
    const credentials = { accessKeyId, secretAccessKey, expiration }
    return new BearerTokenCache(
      new AwsConnection({ region: 'us-east-1', credentials, endpoint: 'http://x' }),
      () => clock.now,
    )
  }

  test('renews a token a minute before its end', async () => {
    const clock = { now: Date.parse('2030-01-01T00:00:00Z') }
    const cache = cacheAt(clock)
    const first = await cache.get()
    clock.now += 839_000
    expect(await cache.get()).toBe(first)
    clock.now += 1_000
    expect(await cache.get()).not.toBe(first)
  })

  test('renews a token before the credentials end that it is made from', async () => {
    const clock = { now: Date.parse('2030-01-01T00:00:00Z') }
    const cache = cacheAt(clock, new Date('2030-01-01T00:05:00Z'))
    const first = await cache.get()
    clock.now += 239_000
    expect(await cache.get()).toBe(first)
    clock.now += 1_000
    expect(await cache.get()).not.toBe(first)
  })
})

describe('createBearerToken', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
  })

  test('takes region and credentials from the environment', async () => {
    vi.stubEnv('AWS_REGION', 'ap-south-1')
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDFROMENV')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
    const { searchParams } = new URL(`https://${decode(await createBearerToken())}`)
    expect(searchParams.get('X-Amz-Credential')).toMatch(/^AKIDFROMENV\/\d{8}\/ap-south-1\/sagemaker\/aws4_request$/)
    expect(searchParams.get('X-Amz-Expires')).toBe('900')
  })

  test('takes what it is given', async () => {
    const { region, credentials } = claims
    const token = await createBearerToken({
      region,
      credentials: () => Promise.resolve(credentials),
      expiresInSeconds: 60,
    })
    expect(new URL(`https://${decode(token)}`).searchParams.get('X-Amz-Expires')).toBe('60')
  })

  test('fails with an error of this package', async () => {
    const failing = createBearerToken({
      region: 'us-east-1',
      credentials: () => Promise.reject(new Error('no credentials: resolved credential object is not valid')),
    })
    await expect(failing).rejects.toSatisfy(SagemakerError.is)
    await expect(failing).rejects.toMatchObject({ code: 'credentials' })
  })
})
