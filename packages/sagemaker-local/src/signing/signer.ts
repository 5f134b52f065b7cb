import { SignatureV4 } from '@smithy/signature-v4'
import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto'

/** The credentials with which requests have to be signed. */
export interface SignatureRequirement {
  /** Access key id that requests have to name. */
  readonly accessKeyId: string
  /** Secret that they have to be signed with. */
  readonly secretAccessKey: string
  /** Needed, if given, in `X-Amz-Security-Token`. */
  readonly sessionToken?: string | undefined
}

/** The service whose signatures SageMaker Runtime asks for. */
export const signedService = 'sagemaker'

/** The SDK's own signer, with the credentials that callers must have. */
export function createSigner(requirement: SignatureRequirement, region: string): SignatureV4 {
  const { accessKeyId, secretAccessKey, sessionToken } = requirement
  return new SignatureV4({
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
    region,
    service: signedService,
    sha256: Sha256,
    // Otherwise the hash of the body would count as a header that was signed, where the client sent none.
    applyChecksum: false,
  })
}

/** SHA-256, or HMAC-SHA-256 when there is a secret, in the shape that the SDK's signer asks for. */
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
