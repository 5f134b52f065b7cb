import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto'
import { SagemakerError } from '../../errors/sagemaker-error.ts'
import { errorFromException } from '../../errors/to-error.ts'
import type { BearerTokenOptions } from '../../options/bearer-token-options.ts'
import type { AwsCredentials } from '../../options/endpoint-options.ts'
import { AwsConnection } from '../aws-sdk/aws-connection.ts'
import { exportsOf } from '../aws-sdk/exports-of.ts'

/** What `createBearerToken` does, loaded on its first use. */
export async function bearerTokenFor(options: BearerTokenOptions): Promise<string> {
  const { expiresInSeconds = defaultExpiresInSeconds } = options
  try {
    const connection = new AwsConnection(options)
    const [region, credentials] = await Promise.all([connection.region(), connection.credentials()])
    return await signBearerToken({ region, credentials, expiresInSeconds, now: new Date() })
  } catch (error) {
    throw errorFromException(error, { endpointName: '' })
  }
}

/** A token is renewed this long before its end, so that no request is under way when it comes. */
const renewBeforeMs = 60_000

/** Keeps one bearer token and renews it in time. */
export class BearerTokenCache {
  readonly #connection: AwsConnection
  readonly #now: () => number
  #token: Promise<string> | undefined
  #renewAt = 0

  constructor(connection: AwsConnection, now: () => number = Date.now) {
    this.#connection = connection
    this.#now = now
  }

  /** Calls at the same time share one signature. */
  get(): Promise<string> {
    if (this.#token !== undefined && this.#now() < this.#renewAt) return this.#token
    const token = this.#sign()
    this.#token = token
    // Until the token is there, everybody waits for the same one.
    this.#renewAt = Number.POSITIVE_INFINITY
    token.catch(() => this.forget(token))
    return token
  }

  /** Makes the next call sign a new token. */
  forget(token: Promise<string> | undefined = this.#token): void {
    if (this.#token === token) this.#token = undefined
  }

  async #sign(): Promise<string> {
    const [region, credentials] = await Promise.all([this.#connection.region(), this.#connection.credentials()])
    const now = this.#now()
    const token = await signBearerToken({
      region,
      credentials,
      expiresInSeconds: defaultExpiresInSeconds,
      now: new Date(now),
    })
    const expiresAt = Math.min(
      now + defaultExpiresInSeconds * 1000,
      credentials.expiration?.getTime() ?? Number.POSITIVE_INFINITY,
    )
    this.#renewAt = expiresAt - renewBeforeMs
    return token
  }
}

/** SageMaker's limit for the life of a token, in seconds: 12 hours. */
const maxExpiresInSeconds = 43_200

export const defaultExpiresInSeconds = 900

export interface BearerTokenClaims {
  readonly region: string
  readonly credentials: AwsCredentials
  readonly expiresInSeconds: number
  readonly now: Date
}

/**
 * A bearer token for SageMaker's OpenAI-compatible paths: a presigned request in base64. Made without any network call.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/realtime-endpoints-openai-compatible.html
 *
 * @throws {SagemakerError} with code `invalid-request` for a life that SageMaker does not allow.
 */
export async function signBearerToken({
  region,
  credentials,
  expiresInSeconds,
  now,
}: BearerTokenClaims): Promise<string> {
  if (!(expiresInSeconds >= 1 && expiresInSeconds <= maxExpiresInSeconds)) {
    throw new SagemakerError(
      'invalid-request',
      `expiresInSeconds is ${expiresInSeconds}; allowed are 1 to ${maxExpiresInSeconds}.`,
    )
  }
  const { SignatureV4 } = exportsOf(await import('@smithy/signature-v4'))
  const { accessKeyId, secretAccessKey, sessionToken } = credentials
  const identity = { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) }
  const signer = new SignatureV4({ service: 'sagemaker', region, credentials: identity, sha256: Sha256 })
  const host = 'sagemaker.amazonaws.com'
  const request = {
    method: 'POST',
    protocol: 'https:',
    hostname: host,
    path: '/',
    headers: { host },
    query: { Action: 'CallWithBearerToken' },
  }
  const options = { expiresIn: Math.floor(expiresInSeconds), signingDate: now }
  const { query = {} } = await signer.presign(request, options)
  const presigned = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
  return `sagemaker-api-key-${btoa(`${host}/?${presigned.join('&')}&Version=1`)}`
}

type Data = string | ArrayBuffer | ArrayBufferView

/** SHA-256, or HMAC with a secret, in the form that the SDK's signer wants. */
export class Sha256 {
  readonly #secret: Data | undefined
  #hash: Hash | Hmac

  constructor(secret?: Data) {
    this.#secret = secret
    this.#hash = this.#start()
  }

  update(data: Data): void {
    this.#hash.update(toHashable(data))
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest())
  }

  reset(): void {
    this.#hash = this.#start()
  }

  #start(): Hash | Hmac {
    return this.#secret === undefined ? createHash('sha256') : createHmac('sha256', toHashable(this.#secret))
  }
}

function toHashable(data: Data): string | NodeJS.ArrayBufferView {
  return data instanceof ArrayBuffer ? new Uint8Array(data) : (data as string | NodeJS.ArrayBufferView)
}
