import { SignatureV4 } from '@smithy/signature-v4'
import { Sha256 } from './sha256.ts'
import type { SignatureRequirement } from './signature-requirement.ts'

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
