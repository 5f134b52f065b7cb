/** What AWS and proxies echo of a request's own authorization, for instance when a signature does not match. */
const patterns: readonly RegExp[] = [
  /sagemaker-api-key-[\w+/=%-]+/g,
  /(?<=\bBearer\s{1,4})[^\s"',;]+/gi,
  /(?<=\bSignature["']?\s{0,2}[:=]\s{0,2}["']?)[^\s"'&,;]+/gi,
  /\b(?:AKIA|ASIA)[A-Z\d]{16}\b/g,
  // A SHA-256 in hexadecimal, which is what a signature is.
  /\b[\da-f]{64}\b/gi,
]

/** A value after its name: in a header, a member of JSON, an entry of a Python or Node.js dump, or a query parameter. */
const named =
  /\b(x-amz-security-token|(?:aws_)?session_?token|(?:aws_)?secret_?access_?key)(["'\]]{0,2}\s{0,2}[:=,]?\s{0,2}["'[(]{0,3})([^\s"'&,;:=()[\]][^\s"'&,;()[\]]{7,})/gi

/** Takes bearer tokens, session tokens, signatures and access keys out of a message. */
export function withoutCredentials(message: string): string {
  const unnamed = message.replaceAll(named, '$1$2[credential]')
  return patterns.reduce((text, pattern) => text.replaceAll(pattern, '[credential]'), unnamed)
}

/** Values that are shorter are placeholders of tests and local servers. Real keys have 20 characters or more. */
const minSecretLength = 16

/** More than the keys and tokens that are valid at a time in one program. */
const maxSecrets = 16

/** The secrets that calls were made with lately, each in the notations in which it may be echoed. */
const remembered = new Map<string, readonly string[]>()

/**
 * Remembers a secret that a call is made with, so that no message quotes it, wherever it is echoed.
 *
 * @param secret - an access key id, a session token or a bearer token.
 */
export function rememberSecret(secret: string | undefined): void {
  if (secret === undefined || secret.length < minSecretLength || remembered.has(secret)) return
  const [oldest] = remembered.keys()
  if (remembered.size === maxSecrets && oldest !== undefined) remembered.delete(oldest)
  remembered.set(secret, notationsOf(secret))
}

/** Every secret that calls were made with lately, in every notation. */
export function* knownSecrets(): Generator<string> {
  for (const notations of remembered.values()) yield* notations
}

/** As it is, in hexadecimal, and in base64 wherever it begins within three bytes. */
function notationsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  const shifted = [0, 1, 2].map((offset) => bytes.subarray(offset).toString('base64').slice(0, -4))
  return [secret, bytes.toString('hex'), ...shifted]
}
