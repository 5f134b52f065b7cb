/** The credentials with which requests have to be signed. */
export interface SignatureRequirement {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Needed, if given, in `X-Amz-Security-Token`. */
  readonly sessionToken?: string | undefined
}
