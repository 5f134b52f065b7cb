import { createHash, createHmac, createSecretKey, type Hash, type Hmac, type KeyObject } from 'node:crypto'

/** What the SDK makes hashes from: a secret makes them message authentication codes. */
type Secret = string | ArrayBuffer | ArrayBufferView

/** Keys as OpenSSL has them, by the bytes that they were made of. */
const keyObjects = new WeakMap<object, KeyObject>()

/**
 * SHA-256 for the SDK's signer, in place of the SDK's own. The signer derives one key a day and signs every request with it. To make a
 * key of OpenSSL from its bytes takes seven times as long as to sign with it, so it is made once.
 */
export class Sha256 {
  readonly #secret: Secret | undefined
  #hash: Hash | Hmac

  constructor(secret?: Secret) {
    this.#secret = secret
    this.#hash = hashOf(secret)
  }

  /** Adds bytes. */
  update(data: Uint8Array): void {
    this.#hash.update(data)
  }

  /** The hash of all bytes. Can be called once, until the next `reset`. */
  digest(): Promise<Uint8Array> {
    const { buffer, byteOffset, byteLength } = this.#hash.digest()
    return Promise.resolve(new Uint8Array(buffer, byteOffset, byteLength))
  }

  /** Begins again. */
  reset(): void {
    this.#hash = hashOf(this.#secret)
  }
}

function hashOf(secret: Secret | undefined): Hash | Hmac {
  if (secret === undefined) return createHash('sha256')
  if (typeof secret === 'string') return createHmac('sha256', secret)
  return createHmac('sha256', keyObjects.get(secret) ?? makeKeyObject(secret))
}

function makeKeyObject(secret: ArrayBuffer | ArrayBufferView): KeyObject {
  const bytes = ArrayBuffer.isView(secret)
    ? Buffer.from(secret.buffer, secret.byteOffset, secret.byteLength)
    : Buffer.from(secret)
  const made = createSecretKey(bytes)
  keyObjects.set(secret, made)
  return made
}
