import { withoutRequestText } from './without-request-text.ts'

/** Most characters of a container's message that go into a message of ours. */
const maxQuoteLength = 300

/** More of a container's message than could ever be quoted; what is beyond is not looked at. */
const maxReadLength = 4_000

/**
 * A container's message as it may appear in ours: the text of the request and credentials taken out, on one line, at
 * most 300 characters.
 *
 * @param request - the body of the request, as bytes or text.
 */
export function quote(message: string, request: string | Uint8Array = ''): string {
  const text = typeof request === 'string' ? request : new TextDecoder().decode(request)
  const clean = withoutRequestText(withoutCredentials(message.slice(0, maxReadLength)), text)
  const line = clean.replaceAll(/\s+/g, ' ').trim()
  if (line.length <= maxQuoteLength) return line
  // Not within a surrogate pair.
  return `${line.slice(0, maxQuoteLength - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

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
