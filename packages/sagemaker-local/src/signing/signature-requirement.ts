/** The credentials with which requests have to be signed. */
export interface SignatureRequirement {
  /** Access key id that requests have to name. */
  readonly accessKeyId: string
  /** Secret that they have to be signed with. */
  readonly secretAccessKey: string
  /** Needed, if given, in `X-Amz-Security-Token`. */
  readonly sessionToken?: string | undefined
}
