/** Credentials with which requests must be signed. */
export interface SignatureRequirement {
  /** Access key id. */
  readonly accessKeyId: string
  /** Secret access key. */
  readonly secretAccessKey: string
  /** Session token, required in `X-Amz-Security-Token` if given. */
  readonly sessionToken?: string | undefined
}
