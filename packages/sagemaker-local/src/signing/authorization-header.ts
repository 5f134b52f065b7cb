/** Parsed `Authorization` header of a signed request. */
export interface Authorization {
  readonly accessKeyId: string
  /** `date/region/service/aws4_request` */
  readonly scope: string
  readonly signedHeaders: readonly string[]
  readonly signature: string
}

const pattern =
  /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([\da-f]{64})$/

export function parseAuthorization(header: string): Authorization | undefined {
  const match = pattern.exec(header)
  if (!match) return undefined
  const [, accessKeyId = '', scope = '', signedHeaders = '', signature = ''] = match
  return { accessKeyId, scope, signedHeaders: signedHeaders.split(';'), signature }
}

/** Converts a time such as `20261122T110000Z` to milliseconds since 1970; NaN if it is invalid. */
export function parseAmzDate(text: string): number {
  return Date.parse(text.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/, '$1-$2-$3T$4:$5:$6Z'))
}
