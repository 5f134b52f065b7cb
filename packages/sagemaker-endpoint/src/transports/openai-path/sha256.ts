import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto'

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
