/** What AWS and proxies echo of a request's own authorization, for instance when a signature does not match. */
const secrets: readonly RegExp[] = [
  /sagemaker-api-key-[\w+/=-]+/g,
  /(?<=\bBearer\s+)[^\s"',;]+/gi,
  /(?<=x-amz-security-token\s*[:=]\s*)[^\s"'&,;]+/gi,
  /(?<=\bSignature\s*=\s*)[^\s"'&,;]+/gi,
  /\b(?:AKIA|ASIA)[A-Z\d]{16}\b/g,
]

/** Takes bearer tokens, session tokens, signatures and access keys out of a message. */
export function withoutCredentials(message: string): string {
  return secrets.reduce((text, secret) => text.replaceAll(secret, '[credential]'), message)
}
