import { createHash, timingSafeEqual } from 'node:crypto'
import type { ApiKey } from '../contract/gateway-options.ts'
import { GatewayError } from '../errors/gateway-error.ts'

/** The keys of clients. Only digests are kept. */
export class KnownKeys {
  readonly #keys: readonly { readonly name: string; readonly digest: Buffer }[]

  constructor(keys: readonly (string | ApiKey)[]) {
    this.#keys = keys.map((key, index) =>
      typeof key === 'string'
        ? { name: `key-${index + 1}`, digest: digestOf(key) }
        : { name: key.name, digest: digestOf(key.key) },
    )
  }

  /** Whether clients need a key. */
  get areRequired(): boolean {
    return this.#keys.length > 0
  }

  /**
   * Name of the key that a request has; `undefined` if none is needed. Takes equally long whatever the key is: every key is compared,
   * by digests of equal length.
   *
   * @throws {GatewayError} `invalid-api-key`
   */
  nameFor(headers: Headers): string | undefined {
    if (!this.areRequired) return undefined
    const given = digestOf(keyIn(headers))
    let name: string | undefined
    for (const key of this.#keys) if (timingSafeEqual(key.digest, given)) name = key.name
    if (name !== undefined) return name
    const message = keyIn(headers) === '' ? 'The request has no API key.' : 'The API key is not known.'
    throw new GatewayError('invalid-api-key', `${message} Send one as "Authorization: Bearer <key>".`, {
      headers: { 'www-authenticate': 'Bearer' },
    })
  }
}

/** OpenAI's clients send a bearer token, Anthropic's `x-api-key`. */
function keyIn(headers: Headers): string {
  const [, token] = /^Bearer +(\S.*)$/i.exec(headers.get('authorization') ?? '') ?? []
  return token?.trim() ?? headers.get('x-api-key') ?? ''
}

function digestOf(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}
