import type { SignatureRequirement } from '../signing/signature-requirement.ts'

/** Credentials, in the form of the AWS SDKs. */
export interface LocalCredentials {
  /** Access key id. */
  readonly accessKeyId: string
  /** Secret access key. */
  readonly secretAccessKey: string
  /** Session token of temporary credentials. Absent rather than `undefined`, as the types of the AWS SDK require. */
  readonly sessionToken?: string
}

/** Connection options of a client, in the form of the AWS SDKs. */
export interface LocalConnection {
  /** Base URL. */
  readonly endpoint: string
  /** Region. */
  readonly region: string
  /** Credentials that the runtime accepts. */
  readonly credentials: LocalCredentials
}

/** Connection options of a client of S3, SQS or SNS. */
export interface LocalServiceConnection extends LocalConnection {
  /** Required by S3: buckets are part of the path. Ignored by other clients. */
  readonly forcePathStyle: true
}

/** Returns the required credentials, or placeholders. */
export function credentialsFor(requirement: SignatureRequirement | undefined): LocalCredentials {
  const { accessKeyId = 'local', secretAccessKey = 'local', sessionToken } = requirement ?? {}
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) }
}
