import type { AwsConnection } from '../aws-sdk/aws-connection.ts'
import { defaultExpiresInSeconds, signBearerToken } from './bearer-token.ts'

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
