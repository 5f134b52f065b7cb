import { SignatureV4 } from '@smithy/signature-v4'
import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto'
import type { SignatureRequirement } from './signature-requirement.ts'

/** Service name in signatures for SageMaker. */
export const signedService = 'sagemaker'

/** Creates the signer of the AWS SDK with the required credentials. */
export function createSigner(requirement: SignatureRequirement, region: string): SignatureV4 {
  const { accessKeyId, secretAccessKey, sessionToken } = requirement
  return new SignatureV4({
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
    region,
    service: signedService,
    sha256: Sha256,
    // Otherwise the signer adds a header with the hash of the body, which the client may not have sent.
    applyChecksum: false,
  })
}

/** SHA-256, or HMAC-SHA-256 with a secret, as the signer of the AWS SDK expects it. */
export class Sha256 {
  readonly #secret: Uint8Array | string | undefined
  #hash: Hash | Hmac

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#secret = secret === undefined || typeof secret === 'string' ? secret : toBytes(secret)
    this.#hash = this.#create()
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(typeof data === 'string' ? data : toBytes(data))
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest())
  }

  reset(): void {
    this.#hash = this.#create()
  }

  #create(): Hash | Hmac {
    return this.#secret === undefined ? createHash('sha256') : createHmac('sha256', this.#secret)
  }
}

function toBytes(data: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data)
}
