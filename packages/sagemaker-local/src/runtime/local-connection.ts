import type { SignatureRequirement } from '../signing/signer.ts'

/** Credentials, in the form that AWS SDKs take. */
export interface LocalCredentials {
  /** Access key id. */
  readonly accessKeyId: string
  /** Secret access key. */
  readonly secretAccessKey: string
  /** Session token of temporary credentials. Never `undefined` if present: the types of the AWS SDK refuse that. */
  readonly sessionToken?: string
}

/** Connection options of a client, as AWS SDKs name them. */
export interface LocalConnection {
  /** Address of the runtime. */
  readonly endpoint: string
  /** Its region. */
  readonly region: string
  /** Credentials that it accepts. */
  readonly credentials: LocalCredentials
}

/** Connection options of a client of S3, SQS or SNS. */
export interface LocalServiceConnection extends LocalConnection {
  /** Buckets are named in the path; other clients than S3's ignore it. */
  readonly forcePathStyle: true
}

/** The credentials that are required, or any. */
export function credentialsFor(requirement: SignatureRequirement | undefined): LocalCredentials {
  const { accessKeyId = 'local', secretAccessKey = 'local', sessionToken } = requirement ?? {}
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) }
}
